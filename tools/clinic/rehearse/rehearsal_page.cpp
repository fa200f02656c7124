#include "tools/clinic/rehearse/rehearsal_page.hpp"

#include "tools/finding/findings_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace kaomon::rehearse {
namespace {

// What staff does when a visit does not work, in the order in which it is tried.
const std::array<Text, 4> when_it_fails{{
    {"カードが読めない: カードをいったん離し、十秒待って置き直します。",
     "the card is not read: lift it, wait ten seconds, put it down again"},
    {"顔で確認できない: "
     "マスクや帽子を外して、もう一度カメラを見てもらいます。だめなら暗証番号か、職員の目視に"
     "切り替えます。",
     "the face is not verified: mask and hat off, once more; then the PIN, or the eyes of staff"},
    {"暗証番号は三回まちがえると使えなくなります。覚えていなければ入れず、目視に切り替えます。",
     "three wrong PINs lock the card: who is not sure goes on to the eyes of staff"},
    {"機械が動かない: 公式の顔認証付きカードリーダーの手順に従います。Kaomon はその代わりではありません。",
     "nothing works: follow the official reader's procedure; Kaomon does not replace it"},
}};

constexpr std::size_t most_printed = 8; // lines of advice that one sheet of A4 carries beside the rest

} // namespace

std::string rehearsal_page(const Rehearsal& rehearsal, Language language) {
    page::Page page(language, {"受付の壁に貼る紙", "For the wall at the desk"}, rehearsal.on);
    // One sheet of paper: what staff does, how the rehearsal ended, what is to be mended. The findings are
    // for the screen.
    page.style(".verdict { font-size: 1.3rem; border: 3px solid; padding: .4rem .8rem; margin: .6rem 0; }\n"
               ".wall { font-size: 1.15rem; } .wall li { margin: .35rem 0; }\n"
               "@media print { .details { display: none; } h2 { margin-top: .8rem; } }\n"
               "@media screen { .on-paper { display: none; } }\n");
    if (!rehearsal.simulated.ja.empty())
        page.simulated(rehearsal.simulated);
    if (!rehearsal.clinic.empty())
        page.lead({rehearsal.clinic, rehearsal.clinic});
    page.heading({"うまくいかないとき、職員がすること", "What staff does when it does not work"});
    page.html("<div class=\"wall\">\n");
    page.numbered(when_it_fails);
    page.html("</div>\n");
    const Standing standing = rehearsal.standing();
    page.heading({"開院前日の総点検", "Rehearsal of the first day"});
    page.html("<p class=\"verdict\">" +
              page::mark(page::mark_of(standing), say(language, verdict_text(standing))) + "</p>\n");
    std::string parts;
    for (const Part& part : rehearsal.parts)
        parts += std::string(parts.empty() ? "" : "　") +
                 page::mark(page::mark_of(part.standing()), say(language, part.title));
    page.html("<p>" + parts + "</p>\n");
    std::vector<Text> advice;
    for (const Part& part : rehearsal.parts) {
        for (Text& one : advice_of(part.findings))
            advice.push_back({part.title.ja + ": " + one.ja, part.title.en + ": " + one.en});
    }
    if (!advice.empty()) {
        page.heading({"開院までに直すこと", "To be mended before opening"});
        const std::size_t printed = std::min(advice.size(), most_printed);
        page.numbered(std::span(advice).first(printed));
        if (printed < advice.size()) {
            page.html(
                "<p class=\"on-paper\">" +
                page::escape(fmt::format(fmt::runtime(say(language, "ほか {} 件は画面のページにあります。",
                                                          "{} more stand on the page on the screen.")),
                                         advice.size() - printed)) +
                "</p>\n<div class=\"details\">\n");
            page.list(std::span(advice).subspan(printed));
            page.html("</div>\n");
        }
    }
    page.html("<div class=\"details\">\n");
    page.heading({"点検の結果", "What was found"});
    for (const Part& part : rehearsal.parts)
        page::add_findings(page, language, part.title, part.findings);
    page.html("</div>\n");
    return page.str();
}

} // namespace kaomon::rehearse
