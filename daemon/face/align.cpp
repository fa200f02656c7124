#include "daemon/face/align_cv.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace kaomon::face {
namespace {

// Where ArcFace and SFace were taught to find eyes, nose and mouth corners.
constexpr std::array<Point, 5> places{{{38.2946F, 51.6963F},
                                       {73.5318F, 51.5014F},
                                       {56.0252F, 71.7366F},
                                       {41.5493F, 92.3655F},
                                       {70.7299F, 92.2041F}}};

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
    Similarity map = fit_similarity(five, places);
    cv::Mat source = rgb;
    if (map.scale() < 0.5F) {
        // Bilinear sampling sees 2 x 2 pixels: shrink by areas first until that is enough.
        const float factor = 2 * map.scale();
        const auto length = [&](int l) {
            return std::max(1, static_cast<int>(std::lround(static_cast<float>(l) * factor)));
        };
        cv::Mat smaller;
        cv::resize(rgb, smaller, {length(rgb.cols), length(rgb.rows)}, 0, 0, cv::INTER_AREA);
        source = smaller;
        std::array<Point, 5> moved = five;
        for (Point& p : moved) {
            p.x *= factor;
            p.y *= factor;
        }
        map = fit_similarity(moved, places);
    }
    cv::Mat face;
    cv::warpAffine(source, face, cv::Matx23f(map.a, -map.b, map.x0, map.b, map.a, map.y0),
                   {aligned_side, aligned_side}, cv::INTER_LINEAR, cv::BORDER_CONSTANT);
    return face;
}

} // namespace kaomon::face
