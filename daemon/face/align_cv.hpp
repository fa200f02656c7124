// The face as the embedder was taught to see it: 112 x 112, eyes, nose and mouth at fixed places. Internal.
#pragma once

#include "daemon/face/observation.hpp"

#include <opencv2/core/mat.hpp>

#include <array>
#include <span>

namespace kaomon::face {

inline constexpr int aligned_side = 112; // pixels

// x' = a x - b y + x0, y' = b x + a y + y0
struct Similarity {
    float a = 1, b = 0, x0 = 0, y0 = 0;
    float scale() const noexcept;
    Point map(Point p) const noexcept { return {a * p.x - b * p.y + x0, b * p.x + a * p.y + y0}; }
};

// The similarity that brings `from` closest to `to` in the sense of least squares (Umeyama 1991, in the plane
// and without mirroring). Points pair by index. Reentrant.
Similarity fit_similarity(std::span<const Point> from, std::span<const Point> to);

// Black where the picture ends. Reentrant.
cv::Mat align(const cv::Mat& rgb, const std::array<Point, 5>& five);

} // namespace kaomon::face
