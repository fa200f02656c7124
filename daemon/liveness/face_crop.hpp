// A face cut out of a picture, upright, grey and small: all that is kept of a frame to track points from it.
#pragma once

#include "daemon/face/observation.hpp"
#include "drivers/base/image.hpp"

#include <array>
#include <vector>

namespace kaomon::liveness {

// Grey levels 0..255 as numbers, rows from the top. Wiped when it goes.
struct Grey {
    int width = 0, height = 0; // pixels
    SecretVector<float> levels;

    float at(int x, int y) const noexcept {
        return levels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                      static_cast<std::size_t>(x)];
    }
    // Bilinear; outside, the border goes on. (0, 0) is the middle of the first pixel.
    float between(float x, float y) const noexcept;
};

struct FaceCrop {
    // An eye distance in the crop, pixels; where the middle between the eyes comes to lie. The face of an
    // adult reaches 1.2 eye distances up and to each side, 1.8 down.
    static constexpr int eye_distance = 48, width = 128, height = 160, middle_x = 64, middle_y = 62;

    std::vector<Grey> pyramid;         // the crop, then each half of the one before
    SecretVector<face::Point> outline; // of the face's oval, pixels of the crop
    std::array<face::Point, 2> eyes{}; // their middles, the left one as seen first, pixels of the crop
    bool empty() const noexcept { return pyramid.empty(); }
    // Where a row crosses the outline; within it is what has an odd number of them to its right.
    void cross(float y, SecretVector<float>& crossings) const;
    static bool within(const SecretVector<float>& crossings, float x) noexcept;
    bool contains(face::Point at) const; // within the outline
};

// The face of a picture (grey or RGB); empty when the mesh has no size or the picture does not fit its
// pixels. Upright by the line of the eyes, its size by eyes and mouth together, so that a turn changes it
// little. Reentrant.
FaceCrop cut_face(const Image& picture, const face::Observation& face);
// The same for a grey crop that is there already, e.g. in tests.
FaceCrop crop_of(Grey grey, SecretVector<face::Point> outline);

} // namespace kaomon::liveness
