#include "drivers/card/simulated/simulated_reader.hpp"
#include "tools/clinic/rehearse/parts.hpp"
#include "tools/clinic/rehearse/sitter.hpp"
#include "tools/clinic/rehearse/test_visit.hpp"

#include <fmt/format.h>

namespace kaomon::rehearse {

namespace {

Result<SimulatedCard> issued_for(const Desk& desk, const TestCard& card, Date today,
                                 const std::function<void(Reason)>& hint) {
    if (card.photograph)
        return issue_card(*card.photograph, {}, today);
    const auto sitter = photograph_sitter(desk, hint);
    if (!sitter)
        return std::unexpected(sitter.error());
    return issue_card(sitter->picture, sitter->portrait, today);
}

Result<Visit> test_visit(const Desk& desk, const TestCard& card, Date today,
                         const std::function<void(Reason)>& hint) {
    const auto issued = issued_for(desk, card, today, hint);
    if (!issued)
        return std::unexpected(issued.error());
    card::simulated::SimulatedReader reader({.read_block = card.read_block});
    reader.insert(issued->card);
    return visit(desk, reader, *issued, today, hint);
}

} // namespace

Part look_at_visit(const Desk& desk, const TestCard& card, Date today, const Prompt& prompt) {
    prompt({"そのままカメラを見ていてください（模擬カードで試し受付をします）",
            "keep looking at the camera (a test visit with a simulated card)"});
    const auto text_of = [](Reason reason) {
        const ReasonEntry& entry = describe(reason);
        return Text{std::string(entry.japanese), std::string(entry.english)};
    };
    const auto done = test_visit(desk, card, today, [&](Reason hint) { prompt(text_of(hint)); });
    Finding found{"test_visit",
                  {"試し受付（模擬カード）", "test visit (simulated card)"},
                  done && done->verdict.decision == match::Decision::verified ? Standing::good
                                                                              : Standing::failed,
                  {"カードの写真と本人の顔が一致する", "the face matches the card's photograph"},
                  {},
                  {}};
    if (!done) {
        found.seen = text_of(done.error().reason);
        found.ask = {"カメラの前に一人で立って、もう一度試してください。",
                     "stand alone before the camera and repeat"};
    } else {
        const Stages& took = done->stages;
        found.seen = {
            fmt::format("{}（カメラ {:.0f}、カード {:.0f}、写真 {:.0f}、顔 {:.0f}、照合 {:.1f} ミリ秒）",
                        text_of(done->verdict.reason).ja, took.first_frame, took.card, took.photograph,
                        took.face, took.comparison),
            fmt::format(
                "{} (camera {:.0f}, card {:.0f}, photograph {:.0f}, face {:.0f}, comparison {:.1f} ms)",
                text_of(done->verdict.reason).en, took.first_frame, took.card, took.photograph, took.face,
                took.comparison)};
        if (done->verdict.decision != match::Decision::verified)
            found.ask = {"光と立ち位置を直して、もう一度試してください。",
                         "mend light and place, and repeat"};
    }
    return {"visit", {"試し受付", "test visit"}, {std::move(found)}};
}

} // namespace kaomon::rehearse
