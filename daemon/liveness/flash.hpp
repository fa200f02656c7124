// Colours that the patient screen shows and that come back from skin: with the light's delay, in its order.
#pragma once

#include "daemon/liveness/detector.hpp"
#include "daemon/liveness/finding.hpp"

#include <array>
#include <span>

namespace kaomon::liveness {

// The camera's side: mean of the skin of one frame. Values > 0, linear light (the caller takes the gamma
// out).
struct SkinSample {
    Instant captured;
    std::array<float, 3> colour{};
};

// The screen's next colours, from random bits that nobody can know beforehand: `count` of red, green, blue,
// no two alike in a row. Reentrant.
std::vector<std::array<float, 3>> flash_colours(std::uint64_t random, int count);

// pass: the skin follows the colours asked for, within 30 to 350 ms; fail: it changes with the screen's
// strength but in another order or at another time; not_assessed: fewer than four colours or 24 samples, or a
// screen too weak against the room's light. Margin: correlation over its limit. A screen that is held before
// the camera, or a glossy print, answers too: it tells a live feed from a recorded one, not skin from paper.
// Reentrant.
Evidence flash(std::span<const FlashStep> asked, std::span<const SkinSample> seen) noexcept;

// Looks at both cheeks while the screen shows colours.
class Flash final : public Detector {
  public:
    void add_face(const FaceView& view) override;
    void reset_for_new_face() override;
    void screen(std::span<const FlashStep> shown) override;
    std::vector<Evidence> evidence() const override { return {finding_.evidence()}; }

  private:
    std::vector<FlashStep> asked_;
    SecretVector<SkinSample> skin_;
    Finding finding_{Kind::flash};
};

} // namespace kaomon::liveness
