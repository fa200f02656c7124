#include "tools/rehearse/parts.hpp"

#include <fmt/format.h>

namespace kaomon::rehearse {

Part look_at_visit(const Parts& parts, Date today, const Prompt& prompt) {
    prompt({"そのままカメラを見ていてください（模擬カードで試し受付をします）",
            "keep looking at the camera (a test visit with a simulated card)"});
    const auto text_of = [](Reason reason) {
        const ReasonEntry& entry = describe(reason);
        return Text{std::string(entry.japanese), std::string(entry.english)};
    };
    const auto done = visit(parts, today, [&](Reason hint) { prompt(text_of(hint)); });
    Finding found{"test_visit",
                  {"試し受付（模擬カード）", "test visit (simulated card)"},
                  done && done->verified() ? Standing::good : Standing::failed,
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
                        text_of(done->reason).ja, took.first_frame, took.card, took.photograph, took.face,
                        took.comparison),
            fmt::format(
                "{} (camera {:.0f}, card {:.0f}, photograph {:.0f}, face {:.0f}, comparison {:.1f} ms)",
                text_of(done->reason).en, took.first_frame, took.card, took.photograph, took.face,
                took.comparison)};
        if (!done->verified())
            found.ask = {"光と立ち位置を直して、もう一度試してください。",
                         "mend light and place, and repeat"};
    }
    return {"visit", {"試し受付", "test visit"}, {std::move(found)}};
}

} // namespace kaomon::rehearse
