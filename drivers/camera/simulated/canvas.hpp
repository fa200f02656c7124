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

// Where the eyes are, of the left one as seen first: the middle between corners and lids.
struct Eyes {
    float left_x = 0, left_y = 0, right_x = 0, right_y = 0; // pixels
    friend bool operator==(const Eyes&, const Eyes&) = default;
};

// What stands behind the name of a still.
struct Part {
    std::optional<Region> region{};
    std::optional<Eyes> eyes{}; // in pixels of the still
    friend bool operator==(const Part&, const Part&) = default;
};

// Where somebody sits: by how much of the picture's height lower than the still shows them, and how much
// smaller.
struct Seat {
    float down = 0, scale = 1;
};

// The picture size and a margin on each side, so that a moving camera never sees the border of the world.
struct Canvas {
    int width = 0, height = 0; // pixels, with the margins
    int margin = 0;            // pixels
    // One pixel: R, G, B, 0 in four lanes of 16 bits, from the lowest on, so that one multiplication weighs
    // all.
    std::vector<std::uint64_t> pixels;
    std::optional<Eyes> eyes{}; // in its pixels

    std::uint64_t& at(int x, int y) noexcept {
        return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                      static_cast<std::size_t>(x)];
    }
    // Bilinear; outside, the border goes on.
    std::uint64_t between(float x, float y) const noexcept;
};

// `share` of 256 of the second pixel, the rest of the first, in all lanes at once.
constexpr std::uint64_t mix(std::uint64_t first, std::uint64_t second, std::uint64_t share) noexcept {
    constexpr std::uint64_t low_bytes = 0x00ff00ff00ff00ff; // lanes stay under 2^16: 255 * 256
    return ((first * (256 - share) + second * share) >> 8) & low_bytes;
}

// A still as the configuration names it: a JPEG file, and behind it, joined by "&", what is known of it,
// after a "#" (the form of W3C Media Fragments): "xywh=X,Y,W,H" is the part that shall fill the picture's
// height, "eyes=X,Y,X,Y" the person's eyes, which make a living head of it (presentation.hpp). Without a part
// a portrait gets six tenths of the picture's width, its head at the top; where the still ends, its own
// blurred colours go on. Reason: config_invalid.
Result<Canvas> load_still(const std::filesystem::path& name, int picture_width, int picture_height,
                          const Seat& seat = {});

Canvas paint(const Image& still, const Part& part, int picture_width, int picture_height,
             const Seat& seat = {});

// Nothing when it is not of this form.
std::optional<Part> parse_part(std::string_view fragment);

} // namespace kaomon::camera::simulated
