// The pixels of a face's crop, taken out of a picture by bilinear samples: of all that is done to a frame
// what touches most of them.
#pragma once

#include "daemon/liveness/face_crop.hpp"

namespace kaomon::liveness {

// Crop to picture: a turn, a scale and a shift.
struct Placement {
    float a, b, x0, y0;
    face::Point out_of(float x, float y) const { return {a * x - b * y + x0, b * x + a * y + y0}; }
    face::Point into(float x, float y) const {
        const float square = a * a + b * b, dx = x - x0, dy = y - y0;
        return {(a * dx + b * dy) / square, (a * dy - b * dx) / square};
    }
    // A face of up to 1.6 times the crop's size loses nothing to bilinear samples; of a larger one, each
    // pixel is the mean of 2 x 2 samples half a pixel apart.
    bool coarse() const;
};

// The green of a grey or RGB picture of two pixels a side and more, near enough to luminance; outside, the
// border goes on. Reentrant, as those below.
Grey sample(const Image& picture, const Placement& place);

// What it is made of: the same numbers to the last bit, four and eight at once; that many pixels of the crop
// (FaceCrop::width x height) are written. The second one needs AVX2.
void sample_by_four(const Image& picture, const Placement& place, float* levels);
void sample_by_eight(const Image& picture, const Placement& place, float* levels);
bool eight_at_once() noexcept; // has this processor AVX2?

} // namespace kaomon::liveness
