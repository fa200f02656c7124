// What colour the skin of a face has in one frame, and what colour the hair of its brows.
#pragma once

#include "daemon/liveness/detector.hpp"

#include <array>
#include <optional>

namespace kaomon::liveness {

// Means, linear light (the camera's gamma taken out), red, green, blue; skin > 0. brows: all zero where they
// cannot be seen.
struct SkinSample {
    Instant captured;
    std::array<float, 3> skin{}, brows{};
};

// Of a byte of sRGB (IEC 61966-2-1), 0..1.
float linear_light(std::uint8_t level) noexcept;

// Skin: both cheeks. Brows: the darkest third of the strips in which they lie. Nothing where the cheeks are
// outside of the picture (RGB), too bright or too dark for their colour to be known, or the face has no size.
// Reentrant.
std::optional<SkinSample> skin_sample(const FaceView& view);

} // namespace kaomon::liveness
