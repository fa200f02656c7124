// A demo photograph as a camera would see it: somebody at a chosen place and distance.
#pragma once

#include "daemon/face/observation.hpp"
#include "tests/daemon/face/photograph.hpp"

#include <cmath>

namespace kaomon::face {

struct Sitter {
    Image portrait;
    Point eyes;    // the middle between them, pixels of the portrait
    float between; // the eyes' distance there, pixels
};

inline Sitter sitter(const Image& portrait, const Observation& face) {
    const Point &left = face.five[0], &right = face.five[1];
    return {portrait,
            {(left.x + right.x) / 2, (left.y + right.y) / 2},
            std::hypot(right.x - left.x, right.y - left.y)};
}

// A frame with the middle between the eyes at (x, y) and the eyes `between` pixels apart; beyond the portrait
// its border pixels go on.
inline Image placed(const Sitter& who, double x, double y, double between, int width = 640,
                    int height = 480) {
    const double scale = who.between / between; // pixels of the portrait for one of the frame
    return cut(who.portrait, who.eyes.x - x * scale, who.eyes.y - y * scale, width * scale, height * scale,
               width, height, 3);
}

// `who` over a part of the frame from column `from` on: a second person.
inline void paste(Image& frame, const Image& other, int from) {
    for (int row = 0; row < frame.height; ++row) {
        const auto line = static_cast<std::size_t>(row) * frame.stride();
        for (auto i = static_cast<std::size_t>(from) * 3; i < frame.stride(); ++i)
            frame.pixels[line + i] = other.pixels[line + i];
    }
}

} // namespace kaomon::face
