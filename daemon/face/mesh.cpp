#include "daemon/face/mesh_cv.hpp"
#include "daemon/face/picture_cv.hpp"

#include <cmath>

namespace kaomon::face {

Result<Mesh> Mesh::open(ByteView file, Backend backend) {
    auto network = open_network(file, {crop_side, crop_side, {"conv2d_20", "conv2d_30"}}, backend);
    if (!network)
        return std::unexpected(std::move(network.error()));
    return Mesh(std::move(*network));
}

Result<MeshResult> Mesh::fit(const cv::Mat& rgb, const Crop& crop) {
    MeshResult result;
    result.crop = crop;
    result.square = cut(rgb, crop);
    if (result.square.empty())
        return fail(Reason::no_face, "a face box of impossible size");

    if (auto done = network_->run(pixels_of(result.square, 1 / 255.F, 0)); !done)
        return std::unexpected(std::move(done.error()));
    const auto points = network_->output(0);
    const auto flag = network_->output(1);
    if (points.size() != result.points.size() * 3 || flag.size() != 1)
        return fail(Reason::internal_error, "the mesh net gave another number of points");
    result.face_flag = 1 / (1 + std::exp(-flag[0]));
    const float* number = points.data();
    for (Point3& point : result.points) {
        const Point place = crop.out_of({number[0], number[1]});
        point = {place.x, place.y, number[2] * crop.size / crop_side};
        number += 3;
    }
    return result;
}

std::array<Point, 5> five_points(const MeshPoints& mesh) {
    // An eye is the middle of its corners and lids.
    const auto eye = [&](std::size_t a, std::size_t b, std::size_t c, std::size_t d) {
        return Point{(mesh[a].x + mesh[b].x + mesh[c].x + mesh[d].x) / 4,
                     (mesh[a].y + mesh[b].y + mesh[c].y + mesh[d].y) / 4};
    };
    const auto at = [&](std::size_t i) { return Point{mesh[i].x, mesh[i].y}; };
    return {eye(33, 133, 159, 145), eye(362, 263, 386, 374), at(4), at(61), at(291)};
}

} // namespace kaomon::face
