// Colours that the patient screen shows and that come back from skin, one after the other in their order.
#pragma once

#include "daemon/liveness/detector.hpp"
#include "daemon/liveness/finding.hpp"
#include "daemon/liveness/skin_sample.hpp"

#include <span>

namespace kaomon::liveness {

// As many colours are judged, and no fewer: the first few may agree by chance. Of all orders that
// screen/light can draw, one in 220 agrees with another well enough to pass, one in 75 with the luckiest
// guess.
inline constexpr std::size_t flash_steps = 6;

// What came back of the colours.
struct Reflection {
    Evidence evidence;     // of kind flash
    bool mirrored = false; // in their order, but added to dark and bright alike, as a display's glass does
};

// What is compared is how the skin's chromaticity changes from one colour to the next, in two directions (red
// and blue against green): brightness, the room's light and a slow white balance fall out.
// pass: it changes as the colours do, and the brows by the same share. What a display's glass mirrors is
// added to all of its picture alike, and changes what is dark by more: then it is mirrored. Margin: the lower
// of both cosines, over its limit. fail: it changes as strongly as a screen makes it, in steps that stand as
// long as the screen's, but in another order: the light of another time. Needs two frames of each colour; a
// screen that lags by a whole colour is told apart. not_assessed: everything else: fewer colours, no frame of
// one, a screen too weak against the room's light, a person who moves, a lamp that flickers, brows that are
// as light as the skin. A print that is held before the camera is lit as skin is, and answers: this tells a
// live feed from a recorded one, not skin from paper. Reentrant.
Reflection flash(std::span<const FlashStep> asked, std::span<const SkinSample> seen) noexcept;

// Looks at both cheeks while the screen shows colours.
class Flash final : public Detector {
  public:
    void add_face(const FaceView& view) override;
    void reset_for_new_face() override;
    void screen(std::span<const FlashStep> shown) override;
    int mirrored() const override { return mirrored_; }
    std::vector<Evidence> evidence() const override { return {finding_.evidence()}; }

  private:
    std::vector<FlashStep> asked_;
    SecretVector<SkinSample> skin_;
    bool judged_ = false; // these colours
    int mirrored_ = 0;
    Finding finding_{Kind::flash};
};

} // namespace kaomon::liveness
