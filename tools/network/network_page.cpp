#include "tools/network/network_page.hpp"

#include "tools/page/page.hpp"

#include <algorithm>

namespace kaomon::network {
namespace {

page::Mark mark_of(State state) {
    switch (state) {
    case State::good:
        return page::Mark::good;
    case State::attention:
        return page::Mark::attention;
    case State::failed:
        return page::Mark::bad;
    case State::not_checkable:
        break;
    }
    return page::Mark::unknown;
}

} // namespace

Text state_text(State state) {
    switch (state) {
    case State::good:
        return {"良い", "good"};
    case State::attention:
        return {"注意", "attention"};
    case State::failed:
        return {"だめ", "failed"};
    case State::not_checkable:
        break;
    }
    return {"ここからは確かめられません", "not checkable from here"};
}

std::string network_page(const Expectation& line, std::span<const Check> checks, Language language,
                         Date today) {
    page::Page page(language, {"回線の点検", "The line, checked"}, today);
    const auto count = [&](State state) { return std::ranges::count(checks, state, &Check::state); };
    page.lead(
        {line.name.ja + "。良い " + std::to_string(count(State::good)) + "、注意 " +
             std::to_string(count(State::attention)) + "、だめ " + std::to_string(count(State::failed)) +
             "、確かめられない " + std::to_string(count(State::not_checkable)),
         line.name.en + ": " + std::to_string(count(State::good)) + " good, " +
             std::to_string(count(State::attention)) + " attention, " + std::to_string(count(State::failed)) +
             " failed, " + std::to_string(count(State::not_checkable)) + " not checkable"});
    if (line.closed && count(State::not_checkable) > 0)
        page.paragraph(
            {"この回線の名前やサーバーは、閉じたネットワークの中にあります。そのネットワークにつながっていな"
             "いパソコンからは確かめられません。確かめられないものは「良い」には数えません。",
             "Names and servers of this line live in a closed network and cannot be checked from a computer "
             "outside it. What cannot be checked is not counted as good."});
    std::vector<page::Row> rows;
    for (const Check& one : checks)
        rows.push_back({page::escape(say(language, one.name)),
                        page::mark(mark_of(one.state), say(language, state_text(one.state))),
                        page::escape(say(language, one.expected)), page::escape(say(language, one.seen))});
    page.table({"点検の結果", "What was found"},
               {{"項目", "item"}, {"結果", "result"}, {"期待", "expected"}, {"実際", "seen"}}, rows);
    std::vector<Text> asks;
    for (const Check& one : checks) {
        if (!one.ask.ja.empty() && std::ranges::find(asks, one.ask) == asks.end())
            asks.push_back(one.ask);
    }
    if (!asks.empty()) {
        page.heading({"回線事業者に伝えること", "What to tell the carrier"});
        page.list(asks);
    }
    const std::vector<page::Source> sources{{line.source, "", line.seen}};
    page.sources(sources);
    return page.str();
}

} // namespace kaomon::network
