#include "tools/clinic/procure/reader_change.hpp"

#include "tools/clinic/introduction/open_day.hpp"

#include <fmt/format.h>

namespace kaomon::procure {
namespace {

using namespace std::chrono;
using clinic::PhoneReading;
using clinic::ReaderGeneration;

// Months before maintenance ends: the notice's guide of three months from order to use, and the same again
// for the quote.
constexpr int quote_months = 6, order_months = 3, install_months = 1;
constexpr int short_time = 365; // days of maintenance after the opening that are worth a warning

Date before(Date end, int count) {
    const year_month month = year_month(end.year(), end.month()) - months(count);
    const Date same_day = month / end.day();
    return introduction::open_day(same_day.ok() ? same_day : Date(month / last),
                                  introduction::Shift::previous);
}

void add_steps(ReaderChange& change, Date today) {
    const auto add = [&](Text what, std::optional<Date> latest) {
        change.steps.push_back({std::move(what), latest, latest && *latest < today});
    };
    if (!change.known())
        add({"メーカーに、世代、保守の終わる日、スマートフォンの読み取りを聞き、kaomon-clinic profile "
             "で記録する",
             "ask the maker for generation, end of maintenance and telephones; record them with "
             "kaomon-clinic "
             "profile"},
            std::nullopt);
    if (!change.maintenance_until)
        return;
    const Date end = *change.maintenance_until;
    add({"替える機種を選び、見積を頼む（kaomon-clinic choose、kaomon-clinic procure quote）",
         "choose the next model and ask for a quote (kaomon-clinic choose, kaomon-clinic procure quote)"},
        before(end, quote_months));
    add({"発注する（kaomon-clinic procure order）", "order it (kaomon-clinic procure order)"},
        before(end, order_months));
    add({"設置し、総点検をする（kaomon-clinic rehearse）",
         "install it and rehearse (kaomon-clinic rehearse)"},
        before(end, install_months));
    add({"いまの機種の保守が終わる", "maintenance of the present one ends"}, end);
}

void warn_of_maintenance(ReaderChange& change, std::optional<Month> open, Date today) {
    auto& warnings = change.warnings;
    if (!change.maintenance_until) {
        if (change.generation != ReaderGeneration::next)
            warnings.push_back({"現行機の保守は2026年3月から機種ごとに順に終わっています。この機種の終わる日"
                                "を、今日メーカーに聞いてください。",
                                "maintenance of present models ends one after the other from March 2026: ask "
                                "the maker for this model's day "
                                "today"});
        else
            warnings.push_back(
                {"保守の終わる日を書面でもらってください。", "have the end of maintenance in writing"});
        return;
    }
    const Date end = *change.maintenance_until;
    if (end < today)
        warnings.push_back({"保守は" + day_text(end).ja + "に終わっています。故障すると直せません。",
                            "maintenance ended on " + day_text(end).en + ": a fault will not be repaired"});
    else if (open && end < Date(*open / day(1)))
        warnings.push_back(
            {"診療開始より前の" + day_text(end).ja + "に保守が終わります。この機種を選ばないでください。",
             "maintenance ends on " + day_text(end).en + ", before the opening: do not choose this model"});
    else if (open && days_between(*open / day(1), end) < short_time)
        warnings.push_back({"診療開始から1年たたないうちに（" + day_text(end).ja + "）保守が終わります。",
                            "maintenance ends within a year of the opening (" + day_text(end).en + ")"});
}

void warn(ReaderChange& change, std::optional<Month> open, Date today) {
    auto& warnings = change.warnings;
    if (change.model.empty())
        warnings.push_back({"公式の顔認証付きカードリーダーの機種が決まっていません。",
                            "the model of the official face reader is not said yet"});
    if (!change.generation)
        warnings.push_back(
            {"現行と次期のどちらの世代か、まだ分かりません。次期の機種は2026年夏ごろからの発売予定とされてい"
             "ました。",
             "current or next generation: not said yet; the next was announced for about summer 2026"});
    warn_of_maintenance(change, open, today);
    if (!change.phones)
        warnings.push_back({"スマートフォンのマイナ保険証を読めるか、まだ分かりません。",
                            "whether it takes telephones is not said yet"});
    else if (*change.phones == PhoneReading::separate)
        warnings.push_back({"スマートフォンには別の汎用リーダーが要ります（約1万円、補助は半額で上限約5千円。"
                            "2025年8月の報道）。",
                            "telephones need a generic reader beside it (about 10,000 yen, half subsidised "
                            "up to about 5,000; "
                            "press, August 2025)"});
    else if (*change.phones == PhoneReading::no)
        warnings.push_back(
            {"スマートフォンのマイナ保険証を受け付けられません。", "telephones cannot be taken"});
}

} // namespace

ReaderChange plan_change(const clinic::Profile& profile, std::optional<Month> open, Date today) {
    ReaderChange change{.model = profile["reader.model"],
                        .generation = from_word<ReaderGeneration>(profile["reader.generation"]),
                        .maintenance_until = parse_day(profile["reader.maintenance_until"]),
                        .phones = from_word<PhoneReading>(profile["reader.phones"]),
                        .steps = {},
                        .warnings = {}};
    if (const auto* listed =
            clinic::find_model(change.model)) { // every one of the list is of the current generation
        change.generation = change.generation.value_or(ReaderGeneration::current);
        change.phones = change.phones.value_or(listed->phones);
    }
    add_steps(change, today);
    warn(change, open, today);
    return change;
}

} // namespace kaomon::procure
