// The scene that the simulated camera looks at: a still, laid out for fast warping.
#pragma once

#include "drivers/base/image.hpp"
#include "drivers/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace kaomon::camera::simulated {

// Part of a still, in its pixels.
struct Region {
    int x = 0, y = 0, width = 0, height = 0;
    friend bool operator==(const Region&, const Region&) = default;
};

// The picture size and a margin on each side, so that a moving camera never sees the border of the world.
struct Canvas {
    int width = 0, height = 0; // pixels, with the margins
    int margin = 0;            // pixels
    // One pixel: R, G, B, 0 in four lanes of 16 bits, from the lowest on, so that one multiplication weighs
    // all.
    std::vector<std::uint64_t> pixels;
};

// A still as the configuration names it: a JPEG file, and behind it "#xywh=X,Y,W,H" (W3C Media Fragments) for
// the part that shall fill the picture's height. Without one a portrait gets six tenths of the picture's
// width, its head at the top; where the still ends, its own blurred colours go on. Reason: config_invalid.
Result<Canvas> load_still(const std::filesystem::path& name, int picture_width, int picture_height);

Canvas paint(const Image& still, std::optional<Region> region, int picture_width, int picture_height);

// Nothing when it is not of this form.
std::optional<Region> parse_region(std::string_view fragment);

} // namespace kaomon::camera::simulated
