#include "daemon/liveness/face_crop.hpp"

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

// Crop to picture: a turn, a scale and a shift.
struct Placement {
    float a, b, x0, y0;
    Point out_of(float x, float y) const { return {a * x - b * y + x0, b * x + a * y + y0}; }
    Point into(float x, float y) const {
        const float square = a * a + b * b, dx = x - x0, dy = y - y0;
        return {(a * dx + b * dy) / square, (a * dy - b * dx) / square};
    }
};

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

// A face of up to 1.6 times the crop's size loses nothing to bilinear samples; of a larger one, each pixel is
// the mean of 2 x 2 samples half a pixel apart.
constexpr float coarse_from = 1.6F;

// The green of a picture, near enough to luminance. Outside, the border goes on.
struct Green {
    explicit Green(const Image& picture)
        : first(picture.pixels.data() + (picture.channels == 3 ? 1 : 0)), channels(picture.channels),
          stride(static_cast<std::ptrdiff_t>(picture.stride())),
          last_x(static_cast<float>(picture.width - 1) - 0.01F),
          last_y(static_cast<float>(picture.height - 1) - 0.01F) {}

    float at(float x, float y) const {
        x = std::min(std::max(x, 0.F), last_x);
        y = std::min(std::max(y, 0.F), last_y);
        const int column = static_cast<int>(x), row = static_cast<int>(y);
        const float right = x - static_cast<float>(column), lower = y - static_cast<float>(row);
        const std::uint8_t* upper = first + row * stride + std::ptrdiff_t{column} * channels;
        const std::uint8_t* below = upper + stride;
        const auto a = static_cast<float>(upper[0]), b = static_cast<float>(upper[channels]);
        const auto c = static_cast<float>(below[0]), d = static_cast<float>(below[channels]);
        const float top = a + right * (b - a);
        return top + lower * (c + right * (d - c) - top);
    }
    const std::uint8_t* first;
    int channels;
    std::ptrdiff_t stride;
    float last_x, last_y;
};

Grey sample(const Image& picture, const Placement& place) {
    Grey grey{FaceCrop::width, FaceCrop::height, {}};
    grey.levels.resize(std::size_t{FaceCrop::width} * FaceCrop::height);
    const Green green(picture);
    const bool coarse = std::hypot(place.a, place.b) > coarse_from;
    const float a = place.a / 4, b = place.b / 4; // a quarter of a pixel of the crop
    float* out = grey.levels.data();
    for (int y = 0; y < FaceCrop::height; ++y) {
        for (int x = 0; x < FaceCrop::width; ++x, ++out) {
            const Point at = place.out_of(static_cast<float>(x), static_cast<float>(y));
            *out = coarse ? (green.at(at.x - a + b, at.y - b - a) + green.at(at.x + a + b, at.y + b - a) +
                             green.at(at.x - a - b, at.y - b + a) + green.at(at.x + a - b, at.y + b + a)) /
                                4
                          : green.at(at.x, at.y);
        }
    }
    return grey;
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

bool FaceCrop::contains(Point at) const noexcept {
    bool in = false;
    for (std::size_t i = 0, before = outline.size() - 1; i < outline.size(); before = i++) {
        const Point &a = outline[i], &b = outline[before];
        if ((a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x)
            in = !in;
    }
    return in;
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
