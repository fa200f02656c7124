#include "drivers/camera/yuyv.hpp"

#include <algorithm>

namespace kaomon::camera {
namespace {

// ITU-R BT.601-7 in 8-bit fixed point: 298 = 256 * 255 / 219, 409 = 256 * 255 / 224 * 1.402, and so on.
constexpr int luma = 298, red_of_v = 409, green_of_u = -100, green_of_v = -208, blue_of_u = 516, half = 128;

std::uint8_t clamp(int value) noexcept {
    return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

} // namespace

void rgb_from_yuyv(const std::uint8_t* yuyv, std::size_t pixels, std::uint8_t* rgb) noexcept {
    for (std::size_t pair = 0; pair < pixels / 2; ++pair, yuyv += 4, rgb += 6) {
        const int u = yuyv[1] - 128, v = yuyv[3] - 128;
        const int red = red_of_v * v + half, green = green_of_u * u + green_of_v * v + half,
                  blue = blue_of_u * u + half;
        const int first = luma * (yuyv[0] - 16), second = luma * (yuyv[2] - 16);
        rgb[0] = clamp((first + red) >> 8);
        rgb[1] = clamp((first + green) >> 8);
        rgb[2] = clamp((first + blue) >> 8);
        rgb[3] = clamp((second + red) >> 8);
        rgb[4] = clamp((second + green) >> 8);
        rgb[5] = clamp((second + blue) >> 8);
    }
}

void yuyv_from_rgb(const std::uint8_t* rgb, std::size_t pixels, std::uint8_t* yuyv) noexcept {
    const auto brightness = [](const std::uint8_t* p) {
        return static_cast<std::uint8_t>(((66 * p[0] + 129 * p[1] + 25 * p[2] + half) >> 8) + 16);
    };
    for (std::size_t pair = 0; pair < pixels / 2; ++pair, rgb += 6, yuyv += 4) {
        const int red = rgb[0] + rgb[3], green = rgb[1] + rgb[4], blue = rgb[2] + rgb[5]; // of both pixels
        yuyv[0] = brightness(rgb);
        yuyv[1] = static_cast<std::uint8_t>(((-38 * red - 74 * green + 112 * blue + 256) >> 9) + 128);
        yuyv[2] = brightness(rgb + 3);
        yuyv[3] = static_cast<std::uint8_t>(((112 * red - 94 * green - 18 * blue + 256) >> 9) + 128);
    }
}

} // namespace kaomon::camera
