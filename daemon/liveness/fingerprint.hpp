// A frame in a thousand bytes: enough to know it again, too little to see a person.
#pragma once

#include "drivers/base/image.hpp"

#include <array>
#include <cstdint>

namespace kaomon::liveness {

struct Fingerprint {
    static constexpr int side = 16;
    // Mean luminance of 16 x 16 cells, each row relative to its own mean: exposure, and the dark bands that
    // mains light draws into a rolling shutter, cancel out. About -1..1, typical cells 0.3 apart.
    std::array<float, std::size_t{side} * side> texture{};
    float mean_luminance = 0; // 0..255
    float structure = 0;      // mean absolute texture: about 0 for a picture without anything in it
};

// To the last bit: each mean is that of some thousand pixels, and a running camera's noise never gives 256 of
// them twice.
bool same_picture(const Fingerprint& a, const Fingerprint& b) noexcept;
// Mean absolute difference of two textures.
float distance(const Fingerprint& a, const Fingerprint& b) noexcept;
// Whether that is at most `limit`; quick to say no.
bool within(const Fingerprint& a, const Fingerprint& b, float limit) noexcept;

// Pictures smaller than 16 x 16 give an empty one. Reentrant.
Fingerprint fingerprint(const Image& picture) noexcept;

} // namespace kaomon::liveness
