#include "daemon/liveness/skin_sample.hpp"

#include "drivers/base/srgb.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::liveness {
namespace {

const std::array<float, 256>& table() {
    static const auto table = [] {
        std::array<float, 256> made{};
        for (std::size_t i = 0; i < made.size(); ++i)
            made[i] = static_cast<float>(light_of_srgb(static_cast<double>(i) / 255));
        return made;
    }();
    return table;
}

constexpr std::uint8_t darkest = 8, brightest = 247; // a level whose colour is known
constexpr std::array<std::size_t, 2> cheeks{50, 280};
// The arches of both brows, lower edge and upper edge, of the mesh.
constexpr std::array<std::array<std::size_t, 6>, 2> brows{
    {{53, 52, 65, 63, 105, 66}, {283, 282, 295, 293, 334, 296}}};
constexpr std::size_t fewest_of_brows = 12; // pixels, both together

struct Area { // pixels of the picture, the ends included
    float left, top, right, bottom;
};

// 0..end, also of what is no number.
int within(float value, int end) {
    return value > 0 ? static_cast<int>(std::min(value, static_cast<float>(end))) : 0;
}

// Calls `take` for each pixel of the area that lies in the picture and has a colour; tells how many have
// none.
template<typename Take>
int each_pixel(const Image& picture, const Area& area, Take take) {
    int unclear = 0;
    const int right = within(area.right + 1, picture.width), bottom = within(area.bottom + 1, picture.height);
    for (int y = within(area.top, picture.height); y < bottom; ++y) {
        for (int x = within(area.left, picture.width); x < right; ++x) {
            const auto* pixel = picture.pixels.data() + static_cast<std::size_t>(y) * picture.stride() +
                                static_cast<std::size_t>(x) * 3;
            const auto [low, high] = std::minmax({pixel[0], pixel[1], pixel[2]});
            if (low < darkest || high > brightest)
                ++unclear;
            else
                take(std::array{pixel[0], pixel[1], pixel[2]});
        }
    }
    return unclear;
}

using Bytes = std::array<std::uint8_t, 3>;

std::array<float, 3> mean_light(std::span<const Bytes> pixels) {
    std::array<float, 3> mean{};
    for (const Bytes& pixel : pixels) {
        for (std::size_t c = 0; c < 3; ++c)
            mean[c] += linear_light(pixel[c]);
    }
    for (float& value : mean)
        value /= static_cast<float>(pixels.size());
    return mean;
}

std::array<float, 3> brows_of(const FaceView& view) {
    SecretVector<Bytes> pixels;
    for (const auto& brow : brows) {
        Area strip{view.face.mesh[brow[0]].x, view.face.mesh[brow[0]].y, view.face.mesh[brow[0]].x,
                   view.face.mesh[brow[0]].y};
        for (const std::size_t index : brow) {
            const auto& point = view.face.mesh[index];
            strip = {std::min(strip.left, point.x), std::min(strip.top, point.y),
                     std::max(strip.right, point.x), std::max(strip.bottom, point.y)};
        }
        each_pixel(view.picture, strip, [&](const Bytes& pixel) { pixels.push_back(pixel); });
    }
    const std::size_t third = pixels.size() / 3;
    if (third < fewest_of_brows)
        return {};
    std::ranges::nth_element(pixels, pixels.begin() + static_cast<std::ptrdiff_t>(third), {},
                             [](const Bytes& pixel) { return pixel[1]; });
    return mean_light(std::span(pixels).first(third));
}

} // namespace

float linear_light(std::uint8_t level) noexcept {
    return table()[level];
}

std::optional<SkinSample> skin_sample(const FaceView& view) {
    const Image& picture = view.picture;
    const auto& five = view.face.five;
    const float reach = std::hypot(five[1].x - five[0].x, five[1].y - five[0].y) / 7;
    if (!(reach > 0 && reach < static_cast<float>(picture.width)))
        return std::nullopt;
    SecretVector<Bytes> pixels;
    int unclear = 0;
    for (const std::size_t cheek : cheeks) {
        const auto& middle = view.face.mesh[cheek];
        unclear +=
            each_pixel(picture, {middle.x - reach, middle.y - reach, middle.x + reach, middle.y + reach},
                       [&](const Bytes& pixel) { pixels.push_back(pixel); });
    }
    if (std::ssize(pixels) <= unclear)
        return std::nullopt;
    return SkinSample{.captured = view.captured, .skin = mean_light(pixels), .brows = brows_of(view)};
}

} // namespace kaomon::liveness
