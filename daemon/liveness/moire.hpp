// The pixels of a screen: where they are nearly of the size of the camera's own, the two beat with each other
// and draw a fine regular grid over everything that is shown, skin too.
#pragma once

#include "daemon/liveness/detector.hpp"
#include "daemon/liveness/finding.hpp"

#include <optional>
#include <span>

namespace kaomon::liveness {

// How far the strongest single ripple of the picture stands out of its surroundings in the spectrum (both as
// power, at the same fineness): the lesser of two squares of 64 x 64 pixels, between the eyes and on the
// mouth, so that a patterned mask, a net or a cap of knitwear alone makes nothing; where the eyes' is that of
// a clean picture, the mouth is not looked at. Ripples of 1.4 to 5.5
// pixels count, those of JPEG's blocks of 8 pixels do not. Nothing for a picture (grey or RGB) smaller than a
// square. Reentrant.
std::optional<float> ripple(const Image& picture, const face::Observation& face);

// `ripples`: of different frames. fail: a grid lies over the face; pass: none is seen; not_assessed: fewer
// than four frames, or something between. Decided by the middle one; margin: decimal logarithm of how far it
// is from the limit. Measured on single pictures of living people: 1,799 grey press photographs at most 130,
// 1,304 portraits in colour at most 218 (99 % under 66), 162 frames of a recorded speaker at most 28;
// pictures sampled coarsely (every nth pixel, as cheap cameras do) at most 250. Rendered screens: 400 and
// more, most over 1,000. Limits: a screen whose pixels are much finer than the camera's (the one recorded
// telephone there is: 5), or out of focus, shows no grid and passes; so does every print.
Evidence moire(std::span<const float> ripples);

class Moire final : public Detector {
  public:
    void add_face(const FaceView& view) override;
    void reset_for_new_face() override;
    std::vector<Evidence> evidence() const override { return {finding_.evidence()}; }

  private:
    SecretVector<float> ripples_; // the newest last
    std::optional<Instant> looked_;
    Finding finding_{Kind::moire};
};

} // namespace kaomon::liveness
