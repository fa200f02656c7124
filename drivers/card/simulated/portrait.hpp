// From a photograph to the picture that goes into a card: grey, 240 x 300.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/image.hpp"
#include "drivers/base/result.hpp"

#include <filesystem>
#include <optional>

namespace kaomon::card::simulated {

inline constexpr int portrait_width = 240,
                     portrait_height = 300; // pixels; the real size is not known (drivers/card/SPEC.md §18)

struct Crop {
    int x = 0, y = 0, width = 0, height = 0; // pixels of the photograph
};

// A JPEG to grey, upright, as drivers/picture takes it. Reason: photo_malformed.
Result<Image> decode_jpeg(ByteView jpeg);
// Cuts out `crop`, or without one the largest 4:5 in the middle, and scales it to the portrait's size.
// Reason: parameter_invalid (a crop outside the photograph, or smaller than 32 pixels).
Result<Image> make_portrait(const Image& photograph, std::optional<Crop> crop);

// A slope of grey: a picture of nobody, for cards whose photograph nobody looks at.
Image nobodys_portrait();

} // namespace kaomon::card::simulated
