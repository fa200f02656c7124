#include "tools/rehearse/rehearsal_page.hpp"

#include "tools/page/findings.hpp"

#include <array>

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

} // namespace

std::string rehearsal_page(const Rehearsal& rehearsal, Language language) {
    page::Page page(language, {"開院前日の総点検", "Rehearsal of the first day"}, rehearsal.on);
    page.style(".verdict { font-size: 1.6rem; border: 3px solid; padding: .6rem 1rem; margin: .6rem 0; }\n");
    if (!rehearsal.simulated.ja.empty())
        page.simulated(rehearsal.simulated);
    if (!rehearsal.clinic.empty())
        page.lead({rehearsal.clinic, rehearsal.clinic});
    const Standing standing = rehearsal.standing();
    page.html("<p class=\"verdict\">" +
              page::mark(page::mark_of(standing), say(language, verdict_text(standing))) + "</p>\n");
    std::vector<Text> advice;
    for (const Part& part : rehearsal.parts) {
        for (Text& one : advice_of(part.findings))
            advice.push_back({part.title.ja + ": " + one.ja, part.title.en + ": " + one.en});
    }
    if (!advice.empty()) {
        page.heading({"開院までに直すこと", "To be mended before opening"});
        page.numbered(advice);
    }
    page.heading({"点検の結果", "What was found"});
    for (const Part& part : rehearsal.parts)
        page::add_findings(page, language, part.title, part.findings);
    page.heading({"うまくいかないとき", "When it does not work"});
    page.list(when_it_fails);
    return page.str();
}

} // namespace kaomon::rehearse
