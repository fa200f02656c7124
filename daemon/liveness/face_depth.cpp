#include "daemon/liveness/face_depth.hpp"

#include "daemon/liveness/four.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::liveness {
namespace {

constexpr int step = 8; // pixels
constexpr int columns = FaceCrop::width / step + 1, rows = FaceCrop::height / step + 1;

struct FourPoints {
    Four x, y, z;
};
static_assert(std::tuple_size_v<face::MeshPoints> % lanes == 0);

// Near points count far more than others (Shepard 1968).
float mean(const SecretVector<FourPoints>& mesh, float x, float y) {
    constexpr float soft = 4; // squared pixels
    Four weights{}, sum{};
    for (const FourPoints& four : mesh) {
        const Four square = (four.x - x) * (four.x - x) + (four.y - y) * (four.y - y) + soft;
        const Four weight = 1 / (square * square);
        weights += weight;
        sum += weight * four.z;
    }
    return sum_of(sum) / sum_of(weights);
}

} // namespace

FaceDepth::FaceDepth(const FaceCrop& crop, const face::Observation& face) {
    const auto& from = face.five;
    const float dx = from[1].x - from[0].x, dy = from[1].y - from[0].y;
    const float cx = crop.eyes[1].x - crop.eyes[0].x, cy = crop.eyes[1].y - crop.eyes[0].y;
    const float square = std::max(1.F, dx * dx + dy * dy);
    const float a = (cx * dx + cy * dy) / square, b = (cy * dx - cx * dy) / square;
    const float scale = std::hypot(a, b) / FaceCrop::eye_distance;
    SecretVector<FourPoints> mesh(face.mesh.size() / lanes);
    for (std::size_t i = 0; i < face.mesh.size(); ++i) {
        const float x = face.mesh[i].x - from[0].x, y = face.mesh[i].y - from[0].y;
        FourPoints& four = mesh[i / lanes];
        four.x[i % lanes] = a * x - b * y + crop.eyes[0].x;
        four.y[i % lanes] = b * x + a * y + crop.eyes[0].y;
        four.z[i % lanes] = -face.mesh[i].z * scale;
    }
    nodes_.reserve(std::size_t{columns} * rows);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column)
            nodes_.push_back(mean(mesh, static_cast<float>(column * step), static_cast<float>(row * step)));
    }
}

float FaceDepth::at(float x, float y) const noexcept {
    const int column = std::min(static_cast<int>(x) / step, columns - 2);
    const int row = std::min(static_cast<int>(y) / step, rows - 2);
    const float right = x / step - static_cast<float>(column), lower = y / step - static_cast<float>(row);
    const float* upper = nodes_.data() + std::ptrdiff_t{row} * columns + column;
    const float* below = upper + columns;
    return (1 - lower) * (upper[0] + right * (upper[1] - upper[0])) +
           lower * (below[0] + right * (below[1] - below[0]));
}

} // namespace kaomon::liveness
