#include "tools/clinic/procure/reader_change.hpp"
#include "tools/page/page.hpp"

namespace kaomon::procure {

using page::escape;
using page::Mark;

std::string change_page(const ReaderChange& change, Language language, Date today) {
    page::Page page(language, {"顔認証付きカードリーダーの更新", "Changing the official face reader"}, today);
    page.lead({"現行機の保守は2026年3月から順に終わります。次期の機種はスマートフォンも読みます。",
               "Maintenance of present models ends one after the other from March 2026; the next generation "
               "reads telephones."});
    const Text ask{"メーカーに聞く", "ask the maker"};
    const auto cell = [&](bool known, const Text& text) {
        return known ? escape(say(language, text)) : page::mark(Mark::attention, say(language, ask));
    };
    const std::vector<page::Row> facts{
        {escape(say(language, "機種", "model")), cell(!change.model.empty(), {change.model, change.model})},
        {escape(say(language, "世代", "generation")),
         cell(change.generation.has_value(),
              change.generation ? clinic::generation_text(*change.generation) : Text{})},
        {escape(say(language, "保守の終わる日", "end of maintenance")),
         cell(change.maintenance_until.has_value(),
              change.maintenance_until ? day_text(*change.maintenance_until) : Text{})},
        {escape(say(language, "スマートフォンの読み取り", "telephones")),
         cell(change.phones.has_value(), change.phones ? clinic::phones_text(*change.phones) : Text{})}};
    page.table({"いまの機種", "The present one"}, {{"項目", "item"}, {"内容", "value"}}, facts);
    if (!change.warnings.empty()) {
        page.heading({"気をつけること", "Warnings"});
        page.list(change.warnings);
    }
    std::vector<page::Row> steps;
    for (const ChangeStep& step : change.steps)
        steps.push_back({escape(say(language, step.what)),
                         step.latest ? escape(say(language, day_text(*step.latest)))
                                     : escape(say(language, "今日", "today")),
                         step.overdue ? page::mark(Mark::attention,
                                                   say(language, "目安の日を過ぎました", "past the guide"))
                                      : page::mark(Mark::unknown, say(language, "これから", "to do"))});
    page.table({"いつまでに何をするか", "What to do by when"},
               {{"すること", "what"}, {"いつまで（目安）", "by (guide)"}, {"状態", "state"}}, steps);
    const std::vector<page::Source> sources{
        {{"社会保障審議会 医療保険部会（第193回）の資料", "papers of 医療保険部会, 193rd session"},
         "",
         {std::chrono::year(2026) / 11 / 25}}};
    page.sources(sources);
    return page.str();
}

} // namespace kaomon::procure
