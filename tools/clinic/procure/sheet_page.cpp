#include "tools/clinic/procure/sheet_page.hpp"

#include "tools/page/page.hpp"

namespace kaomon::procure {
namespace {

constexpr std::string_view sheet_style = R"css(
.head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 1rem; align-items: flex-start; }
.head .to { font-size: 1.15rem; font-weight: bold; border-bottom: 1px solid #57606a; min-width: 45%; }
.head .facts { text-align: right; white-space: nowrap; }
.blank { display: inline-block; width: 100%; min-width: 8rem; border-bottom: 1px solid #57606a; height: 1.3em; }
.answer { border-bottom: 1px solid #57606a; height: 1.7em; margin: .1rem 0 .6rem; }
table th { width: 34%; }
@media screen and (max-width: 40rem) { table th { width: auto; } }
@media print { thead { display: none; } table { margin: .2rem 0 .4rem; break-inside: avoid; font-size: 9.5pt; }
  td, th { padding: .2rem .4rem; } h2 { margin-top: 1rem; } li { break-inside: avoid; } }
)css";

std::string cell(std::string_view text) {
    std::string safe = "\"";
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        safe += '\'';
    for (const char c : text) {
        safe += c;
        if (c == '"')
            safe += '"';
    }
    return safe + '"';
}

std::string line(std::string_view section, std::string_view label, std::string_view value) {
    return cell(section) + "," + cell(label) + "," + cell(value) + "\r\n";
}

} // namespace

std::string sheet_page(const Sheet& sheet, Language language) {
    page::Page page(language, sheet.title, sheet.on);
    page.style(sheet_style);
    if (sheet.simulated)
        page.simulated({"測定した機器に模擬のものがあります", "a measured device was a simulated one"});
    // A letter's head: to whom, which one, of which day.
    const std::string to = sheet.to.empty() ? "　　　　　　　　　" : page::escape(sheet.to);
    page.html("<div class=\"head\"><div class=\"to\">" +
              (language == Language::japanese ? to + "　御中" : "To " + to) + "</div><div class=\"facts\">" +
              page::escape(say(language, sheet.kind == Kind::quote ? Text{"依頼番号", "request no."}
                                                                   : Text{"発注番号", "order no."})) +
              " " + page::escape(sheet.number) + "<br>" + page::escape(say(language, day_text(sheet.on))) +
              "</div></div>\n");
    page.lead(sheet.kind == Kind::quote
                  ? Text{"オンライン資格確認の導入について、次のとおり見積をお願いします。",
                         "please quote for the introduction of online eligibility verification as follows"}
                  : Text{"オンライン資格確認の導入について、次のとおり発注します。",
                         "we order the introduction of online eligibility verification as follows"});
    for (const Section& section : sheet.sections) {
        if (section.entries.front().word == "vendor") // stands in the head
            continue;
        std::vector<page::Row> rows;
        for (const Entry& entry : section.entries)
            rows.push_back({page::escape(say(language, entry.label)),
                            say(language, entry.value).empty() ? "<span class=\"blank\"></span>"
                                                               : page::escape(say(language, entry.value))});
        page.table(section.heading, {{"項目", "item"}, {"内容", "value"}}, rows);
    }
    page.heading(sheet.kind == Kind::quote ? Text{"お答えいただきたいこと", "Please answer"}
                                           : Text{"発注の条件として確かめること", "Conditions of the order"});
    std::string list;
    for (const Text& question : sheet.questions)
        list += "<li>" + page::escape(say(language, question)) + "<div class=\"answer\"></div></li>\n";
    page.html("<ol>" + list + "</ol>\n");
    return page.str();
}

std::string csv(const Sheet& sheet, Language language) {
    std::string text = "\xEF\xBB\xBF" + line(say(language, "区分", "section"), say(language, "項目", "item"),
                                             say(language, "内容", "value"));
    text += line(say(language, sheet.title), say(language, "番号", "number"), sheet.number);
    text += line(say(language, sheet.title), say(language, "作成日", "made on"), iso(sheet.on));
    if (sheet.simulated)
        text += line(
            say(language, sheet.title), say(language, "模擬", "SIMULATED"),
            say(language, "測定した機器に模擬のものがあります", "a measured device was a simulated one"));
    for (const Section& section : sheet.sections) {
        for (const Entry& entry : section.entries)
            text +=
                line(say(language, section.heading), say(language, entry.label), say(language, entry.value));
    }
    for (const Text& question : sheet.questions)
        text += line(say(language, "質問", "question"), say(language, question), "");
    return text;
}

} // namespace kaomon::procure
