#include "daemon/face/crop_cv.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace kaomon::face {
namespace {

constexpr float half = crop_side / 2.F;
constexpr float around = 1.5F; // the crop's side over the longer side of the detector's box
// The same over the longer side of the points, MediaPipe's own choice. Templates of press photographs from
// such a second crop are as good as from the first one: FNMR 3.1 % at an FMR of 1e-4 both (1,326 genuine
// pairs; 4.2 % with 1.35, 2.9 % with 1.65, which is within the noise).
constexpr float around_points = 1.5F;
constexpr float shrink_from = 2; // from this reduction on bilinear sampling alone would alias
constexpr float smallest = 16;   // pixels of the picture
constexpr float largest = 4;     // longer sides of the picture

// Picture to crop of `pixels` x `pixels`.
cv::Matx23f map_into(const Crop& crop, float pixels) {
    const float f = pixels / crop.size;
    const float c = f * crop.cosine;
    const float s = f * crop.sine;
    return {c, s, pixels / 2 - c * crop.x - s * crop.y, -s, c, pixels / 2 + s * crop.x - c * crop.y};
}

} // namespace

Point Crop::into(Point p) const noexcept {
    const float f = crop_side / size, dx = p.x - x, dy = p.y - y;
    return {half + f * (cosine * dx + sine * dy), half + f * (cosine * dy - sine * dx)};
}

Point Crop::out_of(Point p) const noexcept {
    const float f = size / crop_side, dx = (p.x - half) * f, dy = (p.y - half) * f;
    return {x + cosine * dx - sine * dy, y + sine * dx + cosine * dy};
}

Crop crop_of(const Detection& face) {
    const Point& left = face.points[0];
    const Point& right = face.points[1];
    const float slope = std::atan2(right.y - left.y, right.x - left.x);
    return {(face.box.left + face.box.right) / 2, (face.box.top + face.box.bottom) / 2,
            std::max(face.box.width(), face.box.height()) * around, std::cos(slope), std::sin(slope)};
}

Crop crop_around(const MeshPoints& mesh) {
    // The outer corners of the eyes: farthest apart, so their line shakes least.
    const float dx = mesh[263].x - mesh[33].x, dy = mesh[263].y - mesh[33].y;
    const float length = std::max(std::hypot(dx, dy), 1e-6F);
    const float c = dx / length, s = dy / length;
    // Bounds along that line and across it: a leaning head keeps its size.
    float left = mesh[0].x * c + mesh[0].y * s, right = left;
    float top = mesh[0].y * c - mesh[0].x * s, bottom = top;
    for (const Point3& p : mesh) {
        const float along = p.x * c + p.y * s, across = p.y * c - p.x * s;
        left = std::min(left, along);
        right = std::max(right, along);
        top = std::min(top, across);
        bottom = std::max(bottom, across);
    }
    const float u = (left + right) / 2, v = (top + bottom) / 2;
    return {u * c - v * s, u * s + v * c, std::max(right - left, bottom - top) * around_points, c, s};
}

cv::Mat cut(const cv::Mat& rgb, const Crop& crop) {
    const auto longest = static_cast<float>(std::max(rgb.cols, rgb.rows));
    if (!(crop.size >= smallest) || !(crop.size <= largest * longest))
        return {};
    cv::Mat square;
    const int pixels =
        crop.size / crop_side > shrink_from ? static_cast<int>(std::lround(crop.size)) : crop_side;
    cv::warpAffine(rgb, square, map_into(crop, static_cast<float>(pixels)), {pixels, pixels},
                   cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    if (pixels == crop_side)
        return square;
    cv::Mat small;
    cv::resize(square, small, {crop_side, crop_side}, 0, 0, cv::INTER_AREA);
    return small;
}

} // namespace kaomon::face
