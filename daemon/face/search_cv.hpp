// Where the detector looks when the whole picture shows it no face. Internal to this folder.
//
// The net sees 128 x 128: a face under a fifth of what it is shown is too small for it (a child, a wheelchair
// user far down in the picture), one that fills it is too large (a tight portrait).
#pragma once

#include "daemon/face/detector_cv.hpp"

#include <span>

namespace kaomon::face {

// A part of the picture in units of its width and height; outside of it the border pixels go on.
struct Part {
    float left = 0, top = 0, size = 1;
};

// Faces within that part, in pixels of the picture. Reason: internal_error.
Result<std::vector<Detection>> find_within(Detector& detector, const cv::Mat& rgb, const Part& part,
                                           float least_score = 0.5F);

// After the whole: one of these for each frame of a stream, in turn.
std::span<const Part> stream_parts() noexcept;

// One look at a still.
struct Try {
    Part part;
    float least_score;
};

// For a still that has a face in it, one after the other until a face is found that the mesh believes in: the
// whole, wider, closer, and at last with less certainty. A live stream has no time for that, and no need: the
// next frame comes.
std::span<const Try> still_tries() noexcept;

} // namespace kaomon::face
