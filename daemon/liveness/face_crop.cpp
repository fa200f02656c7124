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

// A face of up to 1.6 times the crop's size loses nothing to bilinear samples; a larger one is shrunk before,
// by a whole number.
constexpr float coarse_from = 1.6F;

// The part of a picture that a crop needs, each pixel the mean of so many by so many.
struct Part {
    Grey grey;
    Placement place; // from the crop to the part
};

// Green, near enough to luminance.
Part part_of(const Image& picture, const Placement& place) {
    const int by = std::max(1, static_cast<int>(std::ceil(std::hypot(place.a, place.b) / coarse_from)));
    float left = 1e9F, top = 1e9F, right = -1e9F, bottom = -1e9F; // of the crop's corners
    for (const auto& [x, y] :
         {Point{0, 0}, {FaceCrop::width, 0}, {0, FaceCrop::height}, {FaceCrop::width, FaceCrop::height}}) {
        const Point at = place.out_of(x, y);
        left = std::min(left, at.x), right = std::max(right, at.x);
        top = std::min(top, at.y), bottom = std::max(bottom, at.y);
    }
    // first pixel and number of them, in shrunk pixels, within the picture and two at least
    const auto span = [by](float from, float to, int size) {
        const int all = size / by;
        const auto whole = [by, all](float value) {
            return static_cast<int>(
                std::clamp(value / static_cast<float>(by), -1.F, static_cast<float>(all)));
        };
        const int first = std::clamp(whole(from) - 1, 0, std::max(0, all - 2));
        return std::pair{first, std::max(1, std::min(all, whole(to) + 3) - first)};
    };
    const auto [x0, width] = span(left, right, picture.width);
    const auto [y0, height] = span(top, bottom, picture.height);
    Part part{.grey = {width, height, {}}, .place = place};
    part.grey.levels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    const std::ptrdiff_t channels = picture.channels, stride = static_cast<std::ptrdiff_t>(picture.stride());
    const std::uint8_t* row = picture.pixels.data() + (channels == 3 ? 1 : 0) +
                              std::ptrdiff_t{y0} * by * stride + std::ptrdiff_t{x0} * by * channels;
    const float share = 1 / static_cast<float>(by * by);
    float* to = part.grey.levels.data();
    for (int y = 0; y < height; ++y, row += by * stride) {
        const std::uint8_t* from = row;
        for (int x = 0; x < width; ++x, from += by * channels) {
            int sum = 0;
            for (int i = 0; i < by; ++i) {
                for (int j = 0; j < by; ++j)
                    sum += from[i * stride + j * channels];
            }
            *to++ = static_cast<float>(sum) * share;
        }
    }
    const float middle = static_cast<float>(by - 1) / 2; // of a shrunk pixel, from its first one's
    const auto scale = static_cast<float>(by);
    part.place = {place.a / scale, place.b / scale, (place.x0 - middle) / scale - static_cast<float>(x0),
                  (place.y0 - middle) / scale - static_cast<float>(y0)};
    return part;
}

Grey sample(const Image& picture, const Placement& place) {
    const Part part = part_of(picture, place);
    Grey grey{FaceCrop::width, FaceCrop::height, {}};
    grey.levels.resize(std::size_t{FaceCrop::width} * FaceCrop::height);
    float* out = grey.levels.data();
    for (int y = 0; y < FaceCrop::height; ++y) {
        for (int x = 0; x < FaceCrop::width; ++x) {
            const Point at = part.place.out_of(static_cast<float>(x), static_cast<float>(y));
            *out++ = part.grey.between(at.x, at.y);
        }
    }
    return grey;
}

Grey half(const Grey& whole) {
    Grey small{whole.width / 2, whole.height / 2, {}};
    small.levels.resize(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height));
    float* to = small.levels.data();
    for (int y = 0; y < small.height; ++y) {
        const float* upper = whole.levels.data() + std::ptrdiff_t{2} * y * whole.width;
        const float* lower = upper + whole.width;
        for (int x = 0; x < small.width; ++x, upper += 2, lower += 2)
            *to++ = (upper[0] + upper[1] + lower[0] + lower[1]) / 4;
    }
    return small;
}

} // namespace

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
