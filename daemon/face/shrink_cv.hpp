// A part of a picture made smaller by a whole number of times, each pixel the mean of an area: what comes
// before bilinear sampling, which sees 2 x 2 pixels and would skip the others. Internal to this folder.
#pragma once

#include "daemon/face/geometry.hpp"

#include <opencv2/core/mat.hpp>

namespace kaomon::face {

struct Smaller {
    cv::Mat picture;
    cv::Point corner; // of the part
    int times = 1;

    // A place of the whole picture; whole numbers are the middles of pixels, here and there.
    Point into(Point p) const noexcept {
        const auto n = static_cast<float>(times);
        return {(p.x - static_cast<float>(corner.x) + 0.5F) / n - 0.5F,
                (p.y - static_cast<float>(corner.y) + 0.5F) / n - 0.5F};
    }
};

// The part between two places, as far as it lies in the picture; up to times - 1 pixels on its right and
// lower side fall away. The picture is empty where nothing is left. Reentrant.
Smaller shrink(const cv::Mat& rgb, Point upper_left, Point lower_right, int times);

} // namespace kaomon::face
