#include "daemon/liveness/face_crop.hpp"

#include "daemon/liveness/sampling.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace kaomon::liveness {
namespace {

using face::Point;

constexpr std::size_t levels = 3;          // each bridges twice the distance of the one below
constexpr float mouth_below_eyes = 1.1F;   // eye distances, of an average face
constexpr float smallest_eye_distance = 8; // pixels: what is smaller has nothing to track

// The face's oval among the points of the mesh, in order (MediaPipe FACEMESH_FACE_OVAL).
constexpr std::array<std::size_t, 36> oval{10,  338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288,
                                           397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
                                           172, 58,  132, 93,  234, 127, 162, 21,  54,  103, 67,  109};

std::optional<Placement> place(const face::Observation& face) {
    const auto& [left, right, nose, mouth_left, mouth_right] = face.five;
    const Point eyes{(left.x + right.x) / 2, (left.y + right.y) / 2};
    const Point mouth{(mouth_left.x + mouth_right.x) / 2, (mouth_left.y + mouth_right.y) / 2};
    const float across = std::hypot(right.x - left.x, right.y - left.y);
    const float down = std::hypot(mouth.x - eyes.x, mouth.y - eyes.y) / mouth_below_eyes;
    const float size = std::hypot(across, down) / std::sqrt(2.F);
    if (!(across > 0) || !(size >= smallest_eye_distance) || !std::isfinite(size))
        return std::nullopt;
    const float scale = size / FaceCrop::eye_distance / across;
    Placement made{scale * (right.x - left.x), scale * (right.y - left.y), 0, 0};
    const Point middle = made.out_of(FaceCrop::middle_x, FaceCrop::middle_y);
    made.x0 = eyes.x - middle.x;
    made.y0 = eyes.y - middle.y;
    return made;
}

Grey half(const Grey& whole) {
    Grey small{whole.width / 2, whole.height / 2, {}};
    small.levels.reserve(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height));
    for (int y = 0; y < small.height; ++y) {
        for (int x = 0; x < small.width; ++x) {
            small.levels.push_back((whole.at(2 * x, 2 * y) + whole.at(2 * x + 1, 2 * y) +
                                    whole.at(2 * x, 2 * y + 1) + whole.at(2 * x + 1, 2 * y + 1)) /
                                   4);
        }
    }
    return small;
}

} // namespace

float Grey::between(float x, float y) const noexcept {
    x = std::clamp(x, 0.F, static_cast<float>(width - 1));
    y = std::clamp(y, 0.F, static_cast<float>(height - 1));
    const int column = std::min(static_cast<int>(x), width - 2),
              row = std::min(static_cast<int>(y), height - 2);
    const float right = x - static_cast<float>(column), lower = y - static_cast<float>(row);
    const float top = at(column, row) + right * (at(column + 1, row) - at(column, row));
    const float bottom = at(column, row + 1) + right * (at(column + 1, row + 1) - at(column, row + 1));
    return top + lower * (bottom - top);
}

FaceCrop crop_of(Grey grey, SecretVector<Point> outline) {
    FaceCrop crop;
    crop.outline = std::move(outline);
    crop.pyramid.reserve(levels);
    crop.pyramid.push_back(std::move(grey));
    while (crop.pyramid.size() < levels)
        crop.pyramid.push_back(half(crop.pyramid.back()));
    return crop;
}

void FaceCrop::cross(float y, SecretVector<float>& crossings) const {
    crossings.clear();
    for (std::size_t i = 0, before = outline.size() - 1; i < outline.size(); before = i++) {
        const Point &a = outline[i], &b = outline[before];
        if ((a.y > y) != (b.y > y))
            crossings.push_back((b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x);
    }
}

bool FaceCrop::within(const SecretVector<float>& crossings, float x) noexcept {
    return std::ranges::count_if(crossings, [x](float at) { return x < at; }) % 2 == 1;
}

bool FaceCrop::contains(Point at) const {
    SecretVector<float> crossings;
    cross(at.y, crossings);
    return within(crossings, at.x);
}

FaceCrop cut_face(const Image& picture, const face::Observation& face) {
    const bool sound = picture.width > 1 && picture.height > 1 &&
                       (picture.channels == 1 || picture.channels == 3) &&
                       picture.pixels.size() == picture.stride() * static_cast<std::size_t>(picture.height);
    const auto where = place(face);
    if (!sound || !where || !std::isfinite(where->x0 + where->y0))
        return {};
    SecretVector<Point> outline;
    outline.reserve(oval.size());
    for (const std::size_t index : oval)
        outline.push_back(where->into(face.mesh[index].x, face.mesh[index].y));
    FaceCrop crop = crop_of(sample(picture, *where), std::move(outline));
    for (const std::size_t eye : {0U, 1U})
        crop.eyes[eye] = where->into(face.five[eye].x, face.five[eye].y);
    return crop;
}

} // namespace kaomon::liveness
