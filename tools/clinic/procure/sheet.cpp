#include "tools/clinic/procure/sheet.hpp"

#include "tools/clinic/procure/questions.hpp"
#include "tools/clinic/procure/reader_change.hpp"

#include <algorithm>
#include <initializer_list>

namespace kaomon::procure {
namespace {

Text plain(const std::string& value) {
    return {value, value};
}

class Writer {
  public:
    Writer(Sheet& sheet, const clinic::Profile& profile) : sheet_(sheet), profile_(profile) {}

    void section(Text heading) { sheet_.sections.push_back({std::move(heading), {}}); }
    void entry(std::string word, Text label, Text value) {
        if (value.ja.empty())
            sheet_.missing.push_back(label);
        sheet_.sections.back().entries.push_back({std::move(word), std::move(label), std::move(value)});
    }
    // A line for the pen alone: nobody is expected to have said it.
    void blank(std::string word, Text label) {
        sheet_.sections.back().entries.push_back({std::move(word), std::move(label), {}});
    }
    void from_profile(std::initializer_list<std::string_view> keys) {
        for (const std::string_view key : keys) {
            const auto field = std::ranges::find(clinic::fields(), key, &clinic::Field::key);
            std::string word(key.substr(key.find('.') == key.npos ? 0 : key.find('.') + 1));
            entry(std::move(word), field->name,
                  key == "kind" && profile_.kind() ? clinic::kind_text(*profile_.kind())
                  : key == "network.line"          ? clinic::line_text(profile_[key])
                                                   : plain(profile_[key]));
        }
    }

  private:
    Sheet& sheet_;
    const clinic::Profile& profile_;
};

// The one the clinic named, else the best that was measured and may be bought.
const choose::Measurement* chosen(const Facts& facts, choose::Device device, const std::string& named) {
    const auto ranked = choose::rank(facts.measurements, device);
    for (const auto& one : ranked) {
        if (one.candidate->name == named)
            return one.candidate;
    }
    const bool any = named.empty() && !ranked.empty() && ranked.front().grade != choose::Grade::fail;
    return any ? ranked.front().candidate : nullptr;
}

void device_lines(Writer& writer, Sheet& sheet, const Facts& facts, choose::Device device) {
    const bool reader = device == choose::Device::reader;
    const std::string named = facts.profile[reader ? "order.reader" : "order.camera"];
    const Text label = reader ? Text{"カードリーダー", "card reader"} : Text{"カメラ", "camera"};
    const choose::Measurement* found = chosen(facts, device, named);
    if (found == nullptr) {
        writer.entry(reader ? "reader" : "camera", label, plain(named));
        writer.blank(reader ? "reader_measured" : "camera_measured",
                     {label.ja + "の測定結果（まだ測っていません）", label.en + ", measured (not yet)"});
        return;
    }
    sheet.simulated = sheet.simulated || !found->simulated.empty();
    const choose::Ranked judged = choose::judge(*found);
    const std::string tail = found->simulated.empty() ? "" : "【模擬】",
                      tail_en = found->simulated.empty() ? "" : " [SIMULATED]";
    writer.entry(
        reader ? "reader" : "camera", label,
        {found->name + "（" + found->id + "）" + tail, found->name + " (" + found->id + ")" + tail_en});
    writer.entry(
        reader ? "reader_measured" : "camera_measured", {label.ja + "の測定結果", label.en + ", measured"},
        {choose::grade_text(judged.grade).ja + "（" + day_text(found->on).ja + "）: " + judged.reason.ja,
         choose::grade_text(judged.grade).en + " (" + day_text(found->on).en + "): " + judged.reason.en});
}

// What the vendor must say in writing, filled in as far as the clinic knows it.
void official_reader_lines(Writer& writer, Sheet& sheet, const Facts& facts) {
    const ReaderChange change = plan_change(
        facts.profile, facts.plan == nullptr ? facts.profile.open() : std::optional(facts.plan->asked.open),
        facts.today);
    writer.from_profile({"reader.model"});
    writer.entry("generation", {"その世代（現行・次期）", "its generation (current, next)"},
                 change.generation ? clinic::generation_text(*change.generation) : Text{});
    writer.entry("maintenance_until", {"その保守の終わる日", "its end of maintenance"},
                 change.maintenance_until ? day_text(*change.maintenance_until) : Text{});
    writer.entry("phones", {"スマートフォンの読み取り", "telephones"},
                 change.phones ? clinic::phones_text(*change.phones) : Text{});
    sheet.warnings = change.warnings;
}

// The wanted day, else the plan's guide for the order and the day before the opening month.
void date_lines(Writer& writer, const Facts& facts, Kind kind) {
    writer.section({"日程", "dates"});
    Text by;
    if (const auto wanted = parse_day(facts.profile["order.wanted_by"]))
        by = day_text(*wanted);
    else if (facts.plan != nullptr)
        by = day_text(introduction::open_day(add_days(facts.plan->asked.open / std::chrono::day(1), -1),
                                             introduction::Shift::previous));
    if (facts.plan != nullptr) {
        writer.entry("open", {"診療開始月", "opening month"}, month_text(facts.plan->asked.open));
        if (kind == Kind::quote)
            writer.entry("order_by", {"発注の期限（目安）", "order by (guide)"},
                         day_text(facts.plan->steps[3].latest));
        writer.entry("installed_by", {"設置と動作確認の期限", "installed and tried by"}, by);
    } else {
        writer.entry("open", {"診療開始月", "opening month"}, plain(facts.profile["open"]));
        writer.entry("installed_by", {"設置と動作確認の期限", "installed and tried by"}, by);
    }
}

} // namespace

Sheet make_sheet(Kind kind, const Facts& facts) {
    Sheet sheet;
    sheet.kind = kind;
    sheet.on = facts.today;
    sheet.title = kind == Kind::quote ? Text{"見積依頼書", "Request for a quote"} : Text{"発注書", "Order"};
    Writer writer(sheet, facts.profile);
    writer.section({"宛先", "to"});
    writer.from_profile({"order.vendor"});
    sheet.to = facts.profile["order.vendor"];
    std::string day = iso(facts.today);
    std::erase(day, '-');
    sheet.number = day + (kind == Kind::quote ? "-Q1" : "-P1");
    writer.section({"依頼者", "from"});
    writer.from_profile({"name", "kind", "contact.person", "contact.telephone", "contact.mail",
                         "contact.postal_code", "contact.address"});
    writer.section({"依頼するもの", "what is asked for"});
    writer.from_profile({"desk.count"});
    device_lines(writer, sheet, facts, choose::Device::reader);
    device_lines(writer, sheet, facts, choose::Device::camera);
    official_reader_lines(writer, sheet, facts);
    writer.from_profile({"order.pc", "network.line", "order.carrier", "order.receipt_system"});
    date_lines(writer, facts, kind);
    writer.section(kind == Kind::quote ? Text{"見積", "the quote"} : Text{"金額と支払", "price and payment"});
    if (kind == Kind::quote) {
        writer.blank("quote_valid_until", {"見積の有効期限", "quote valid until"});
        writer.blank("quote_total", {"合計（税込）", "total, tax included"});
    } else {
        writer.blank("quote_number", {"見積番号", "number of the quote"});
        writer.blank("total", {"金額（税込）", "price, tax included"});
        writer.blank("payment", {"支払の条件", "terms of payment"});
        writer.blank("seal", {"発注者の署名または印", "signature or seal"});
    }
    if (!facts.profile["order.notes"].empty())
        writer.from_profile({"order.notes"});
    sheet.questions = questions_for(kind);
    return sheet;
}

} // namespace kaomon::procure
