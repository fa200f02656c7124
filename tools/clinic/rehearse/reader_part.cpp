#include "drivers/card/mynumber/free_data.hpp"
#include "tools/clinic/rehearse/parts.hpp"

#include <fmt/format.h>

namespace kaomon::rehearse {
namespace {

using card::ReaderCondition;

Finding card_finding(Standing standing, Text seen, Text ask) {
    return {"card",          {"カードの読み取り", "reading a card"},
            standing,        {"置いたマイナンバーカードが読める", "a My Number Card put down is read"},
            std::move(seen), std::move(ask)};
}

Finding read_card(card::Reader& reader, Date today) {
    const Instant begun = SteadyClock::now();
    auto transaction = reader.open();
    const auto read = transaction ? card::mynumber::read_free_data(**transaction, today)
                                  : std::unexpected(transaction.error());
    if (read)
        return card_finding(
            Standing::good,
            {fmt::format("読めました（{:.0f}ミリ秒）",
                         std::chrono::duration<double, std::milli>(SteadyClock::now() - begun).count()),
             fmt::format("read in {:.0f} ms",
                         std::chrono::duration<double, std::milli>(SteadyClock::now() - begun).count())},
            {});
    return card_finding(Standing::failed, text_of(read.error().reason),
                        {"職員のマイナンバーカードを置き直して、もう一度試してください。",
                         "put a staff member's My Number Card down again and repeat"});
}

} // namespace

Part look_at_reader(card::Reader& reader, Milliseconds patience, Date today, const Prompt& prompt) {
    Part part{"reader", {"カードリーダー", "card reader"}, {}};
    card::ReaderState state = reader.wait({}, SteadyClock::now());
    const bool there =
        state.condition != ReaderCondition::service_down && state.condition != ReaderCondition::no_reader;
    part.findings.push_back({"reader",
                             {"カードリーダー", "card reader"},
                             there ? Standing::good : Standing::failed,
                             {"つながっている", "plugged in"},
                             there ? Text{state.reader, state.reader} : text_of(reason_of(state.condition)),
                             there ? Text{}
                                   : Text{"USBケーブルと、pcscd が動いているかを確かめてください。",
                                          "look at the USB cable, and whether pcscd runs"}});
    if (!there)
        return part;
    if (state.condition == ReaderCondition::no_card)
        prompt({"マイナンバーカードをカードリーダーに置いてください（照合の回数は減りません）",
                "put a My Number Card on the reader (no try is spent)"});
    const Instant until = SteadyClock::now() + patience;
    while (state.condition == ReaderCondition::no_card && SteadyClock::now() < until)
        state = reader.wait(state, until);
    if (state.condition == ReaderCondition::card_present)
        part.findings.push_back(read_card(reader, today));
    else if (state.condition == ReaderCondition::no_card)
        part.findings.push_back(
            card_finding(Standing::attention, {"カードが置かれませんでした", "no card was put down"},
                         {"カードを用意して、もう一度試してください。", "repeat it with a card at hand"}));
    else
        part.findings.push_back(card_finding(
            Standing::failed, text_of(reason_of(state.condition)),
            {"ケーブルを抜き差しして、もう一度試してください。", "plug it in again and repeat"}));
    return part;
}

} // namespace kaomon::rehearse
