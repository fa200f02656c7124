#include "daemon/face/mesh_cv.hpp"
#include "daemon/face/picture_cv.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace kaomon::face {
namespace {

constexpr int side = 192;        // pixels, the net's input
constexpr float around = 1.5F;   // the crop's side over the longer side of the detector's box
constexpr float shrink_from = 2; // from this reduction on bilinear sampling alone would alias

// The square that the net sees: upright along the line of the eyes.
struct Crop {
    float x, y;         // centre, pixels of the picture
    float size;         // side, pixels of the picture
    float cosine, sine; // of the eyes' slope
};

Crop crop_of(const Detection& face) {
    const Point& left = face.points[0];
    const Point& right = face.points[1];
    const float slope = std::atan2(right.y - left.y, right.x - left.x);
    return {(face.box.left + face.box.right) / 2, (face.box.top + face.box.bottom) / 2,
            std::max(face.box.width(), face.box.height()) * around, std::cos(slope), std::sin(slope)};
}

// Picture to crop of `pixels` x `pixels`.
cv::Matx23f into(const Crop& crop, float pixels) {
    const float f = pixels / crop.size;
    const float c = f * crop.cosine;
    const float s = f * crop.sine;
    return {c, s, pixels / 2 - c * crop.x - s * crop.y, -s, c, pixels / 2 + s * crop.x - c * crop.y};
}

cv::Mat cut(const cv::Mat& rgb, const Crop& crop) {
    cv::Mat square;
    const float reduction = crop.size / side;
    const int pixels = reduction > shrink_from ? static_cast<int>(std::lround(crop.size)) : side;
    cv::warpAffine(rgb, square, into(crop, static_cast<float>(pixels)), {pixels, pixels}, cv::INTER_LINEAR,
                   cv::BORDER_REPLICATE);
    if (pixels == side)
        return square;
    cv::Mat small;
    cv::resize(square, small, {side, side}, 0, 0, cv::INTER_AREA);
    return small;
}

} // namespace

Result<Mesh> Mesh::open(ByteView onnx) {
    auto network = open_with_opencv(onnx, {3, side, side}, {"conv2d_20", "conv2d_30"});
    if (!network)
        return std::unexpected(std::move(network.error()));
    return Mesh(std::move(*network));
}

Result<MeshResult> Mesh::fit(const cv::Mat& rgb, const Detection& face) {
    const Crop crop = crop_of(face);
    // A box of no size, or one that only a fooled detector gives: the crop may not exceed the picture by far.
    const auto longest = static_cast<float>(std::max(rgb.cols, rgb.rows));
    if (!(crop.size >= 16) || crop.size > 4 * longest)
        return fail(Reason::no_face, "a face box of impossible size");

    const auto outputs = network_->run(planes(cut(rgb, crop), 1 / 255.F, 0));
    if (!outputs)
        return std::unexpected(outputs.error());
    MeshResult result;
    if ((*outputs)[0].size() != result.points.size() * 3 || (*outputs)[1].size() != 1) {
        return fail(Reason::internal_error, "the mesh net gave another number of points");
    }
    result.face_flag = 1 / (1 + std::exp(-(*outputs)[1][0]));
    const float f = crop.size / side; // pixels of the picture for one of the crop
    const float* number = (*outputs)[0].data();
    for (Point3& point : result.points) {
        const float x = (number[0] - side / 2.F) * f;
        const float y = (number[1] - side / 2.F) * f;
        point = {crop.x + crop.cosine * x - crop.sine * y, crop.y + crop.sine * x + crop.cosine * y,
                 number[2] * f};
        number += 3;
    }
    return result;
}

std::array<Point, 5> five_points(const std::array<Point3, 468>& mesh) {
    // An eye is the middle of its corners and lids.
    const auto eye = [&](std::size_t a, std::size_t b, std::size_t c, std::size_t d) {
        return Point{(mesh[a].x + mesh[b].x + mesh[c].x + mesh[d].x) / 4,
                     (mesh[a].y + mesh[b].y + mesh[c].y + mesh[d].y) / 4};
    };
    const auto at = [&](std::size_t i) { return Point{mesh[i].x, mesh[i].y}; };
    return {eye(33, 133, 159, 145), eye(362, 263, 386, 374), at(4), at(61), at(291)};
}

} // namespace kaomon::face
