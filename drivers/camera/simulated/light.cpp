#include "drivers/camera/simulated/light.hpp"

#include "drivers/base/srgb.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::camera::simulated {
namespace {

double linear(double level) {
    return light_of_srgb(level / 255);
}
std::uint8_t level(double light) {
    return static_cast<std::uint8_t>(std::lround(255 * std::clamp(srgb_of_light(light), 0.0, 1.0)));
}

// The outline of head and hair, in eye distances around a point below the eyes; the body is a longer one.
constexpr float middle = 0.35F, across = 1.35F, up = 1.9F, down = 3.4F, behind = 1.8F; // behind: radii
constexpr std::uint64_t far_share = 16;                                                // of 256

} // namespace

Lamp::Lamp(const Rgb& colour, double strength, float mirrored) {
    for (std::size_t channel = 0; channel < levels_.size(); ++channel) {
        const double shines = linear(colour[channel]);
        for (std::size_t i = 0; i < 256; ++i)
            levels_[channel][i] =
                level(linear(static_cast<double>(i)) * (1 + strength * shines) + mirrored * shines);
    }
}

std::uint64_t Lamp::on(std::uint64_t pixel) const noexcept {
    return std::uint64_t{levels_[0][pixel & 0xff]} | std::uint64_t{levels_[1][pixel >> 16 & 0xff]} << 16 |
           std::uint64_t{levels_[2][pixel >> 32 & 0xff]} << 32;
}

void shine(Canvas& shown, const Lamp& lamp) {
    if (!shown.eyes) {
        for (auto& pixel : shown.pixels)
            pixel = lamp.on(pixel);
        return;
    }
    const Eyes& eyes = *shown.eyes;
    const float unit = std::hypot(eyes.right_x - eyes.left_x, eyes.right_y - eyes.left_y);
    const float middle_x = (eyes.left_x + eyes.right_x) / 2;
    const float middle_y = (eyes.left_y + eyes.right_y) / 2 + middle * unit;
    for (int y = 0; y < shown.height; ++y) {
        const float dy = (static_cast<float>(y) - middle_y) / unit, high = dy / (dy < 0 ? up : down);
        for (int x = 0; x < shown.width; ++x) {
            const float wide = (static_cast<float>(x) - middle_x) / unit / across;
            const float square = wide * wide + high * high;
            auto& pixel = shown.at(x, y);
            if (square <= 1) {
                pixel = lamp.on(pixel);
                continue;
            }
            const float away = std::min(1.F, (std::sqrt(square) - 1) / (behind - 1));
            const auto share = far_share + static_cast<std::uint64_t>((256 - far_share) * (1 - away));
            pixel = mix(pixel, lamp.on(pixel), share);
        }
    }
}

} // namespace kaomon::camera::simulated
