#include "tools/clinic/network/network_page.hpp"

#include "tools/finding/findings_page.hpp"

namespace kaomon::network {
std::string network_page(const Expectation& line, std::span<const Finding> findings, Language language,
                         Date today) {
    page::Page page(language, {"回線の点検", "The line, checked"}, today);
    const auto number = [&](Standing standing) { return std::to_string(count(findings, standing)); };
    page.lead({line.name.ja + "。良い " + number(Standing::good) + "、注意 " + number(Standing::attention) +
                   "、だめ " + number(Standing::failed) + "、確かめられない " +
                   number(Standing::not_checkable),
               line.name.en + ": " + number(Standing::good) + " good, " + number(Standing::attention) +
                   " attention, " + number(Standing::failed) + " failed, " + number(Standing::not_checkable) +
                   " not checkable"});
    if (line.closed && count(findings, Standing::not_checkable) > 0)
        page.paragraph(
            {"この回線の名前やサーバーは、閉じたネットワークの中にあります。そのネットワークにつながっていな"
             "いパソコンからは確かめられません。確かめられないものは「良い」には数えません。",
             "Names and servers of this line live in a closed network and cannot be checked from a computer "
             "outside it. What cannot be checked is not counted as good."});
    page::add_findings(page, language, {"点検の結果", "What was found"}, findings);
    if (const auto asks = advice_of(findings); !asks.empty()) {
        page.heading({"回線事業者に伝えること", "What to tell the carrier"});
        page.list(asks);
    }
    const std::vector<page::Source> sources{{line.source, "", line.seen}};
    page.sources(sources);
    return page.str();
}

} // namespace kaomon::network
