#include "daemon/face/align_cv.hpp"
#include "daemon/face/shrink_cv.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace kaomon::face {
namespace {

// Where ArcFace and SFace were taught to find eyes, nose and mouth corners.
constexpr std::array<Point, 5> places{{{38.2946F, 51.6963F},
                                       {73.5318F, 51.5014F},
                                       {56.0252F, 71.7366F},
                                       {41.5493F, 92.3655F},
                                       {70.7299F, 92.2041F}}};

// A face of 100,000 pixels: nothing real, and the divisions below stay sane.
constexpr float smallest_scale = 1e-3F;

// What align() looks at: the aligned square seen from the picture, and a little more for the filters.
Smaller needed(const cv::Mat& rgb, const Similarity& map, int times) {
    const float square = map.scale() * map.scale();
    constexpr float far = std::numeric_limits<float>::max();
    Point upper_left{far, far}, lower_right{-far, -far};
    for (const float x : {-2.F, aligned_side + 2.F}) {
        for (const float y : {-2.F, aligned_side + 2.F}) {
            const Point seen{(map.a * (x - map.x0) + map.b * (y - map.y0)) / square,
                             (map.a * (y - map.y0) - map.b * (x - map.x0)) / square};
            upper_left = {std::min(upper_left.x, seen.x), std::min(upper_left.y, seen.y)};
            lower_right = {std::max(lower_right.x, seen.x), std::max(lower_right.y, seen.y)};
        }
    }
    return shrink(rgb, upper_left, lower_right, times);
}

Point mean(std::span<const Point> points) {
    Point sum;
    for (const Point& p : points) {
        sum.x += p.x;
        sum.y += p.y;
    }
    const auto n = static_cast<float>(points.size());
    return {sum.x / n, sum.y / n};
}

} // namespace

float Similarity::scale() const noexcept {
    return std::hypot(a, b);
}

Similarity fit_similarity(std::span<const Point> from, std::span<const Point> to) {
    const std::size_t n = std::min(from.size(), to.size());
    if (n == 0)
        return {};
    const Point source = mean(from.first(n));
    const Point target = mean(to.first(n));
    // In the plane the rotation of Umeyama's singular value decomposition is a quotient of complex numbers.
    float along = 0, across = 0, spread = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const float sx = from[i].x - source.x, sy = from[i].y - source.y;
        const float tx = to[i].x - target.x, ty = to[i].y - target.y;
        along += sx * tx + sy * ty;
        across += sx * ty - sy * tx;
        spread += sx * sx + sy * sy;
    }
    Similarity map;
    if (spread > 0) {
        map.a = along / spread;
        map.b = across / spread;
    }
    map.x0 = target.x - map.a * source.x + map.b * source.y;
    map.y0 = target.y - map.b * source.x - map.a * source.y;
    return map;
}

cv::Mat align(const cv::Mat& rgb, const std::array<Point, 5>& five) {
    cv::Mat face(aligned_side, aligned_side, CV_8UC3, cv::Scalar::all(0));
    Similarity map = fit_similarity(five, places);
    const float scale = map.scale();
    if (!(scale > smallest_scale))
        return face;
    cv::Mat source = rgb;
    if (scale < 0.5F) {
        // Bilinear sampling sees 2 x 2 pixels: shrink by areas first until that is enough.
        const Smaller smaller = needed(rgb, map, static_cast<int>(std::ceil(0.5F / scale)));
        if (smaller.picture.empty())
            return face;
        source = smaller.picture;
        std::array<Point, 5> moved = five;
        for (Point& p : moved)
            p = smaller.into(p);
        map = fit_similarity(moved, places);
    }
    cv::warpAffine(source, face, cv::Matx23f(map.a, -map.b, map.x0, map.b, map.a, map.y0), face.size(),
                   cv::INTER_LINEAR, cv::BORDER_CONSTANT);
    return face;
}

} // namespace kaomon::face
