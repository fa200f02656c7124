#include "tools/clinic/choose/picture_figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace kaomon::choose {
namespace {

constexpr int grey_is = 8; // levels that JPEG may put between the channels of a grey pixel

int luminance(const std::uint8_t* rgb) { // BT.601
    return (299 * rgb[0] + 587 * rgb[1] + 114 * rgb[2] + 500) / 1000;
}

} // namespace

double mean_luminance(const Image& picture) {
    const std::size_t pixels = picture.pixels.size() / 3;
    std::uint64_t sum = 0;
    for (std::size_t at = 0; at + 2 < picture.pixels.size(); at += 3)
        sum += static_cast<std::uint64_t>(luminance(&picture.pixels[at]));
    return static_cast<double>(sum) / static_cast<double>(pixels);
}

double colourful_share(const Image& picture) {
    const std::size_t pixels = picture.pixels.size() / 3;
    std::size_t coloured = 0;
    for (std::size_t at = 0; at + 2 < picture.pixels.size(); at += 3) {
        const auto [low, high] =
            std::minmax({picture.pixels[at], picture.pixels[at + 1], picture.pixels[at + 2]});
        coloured += high - low > grey_is ? 1 : 0;
    }
    return static_cast<double>(coloured) / static_cast<double>(pixels);
}

double noise_between(const Image& before, const Image& after) {
    if (before.pixels.size() != after.pixels.size() || before.width != after.width)
        return 0;
    std::array<std::size_t, 256> counts{}; // of absolute differences
    std::size_t all = 0;
    for (std::size_t at = 0; at + 2 < after.pixels.size(); at += 3, ++all)
        ++counts[static_cast<std::size_t>(
            std::abs(luminance(&before.pixels[at]) - luminance(&after.pixels[at])))];
    // the median, between whole levels in proportion: level n stands for n - 1/2 .. n + 1/2
    const double half = static_cast<double>(all) / 2;
    double below = 0, middle = 0;
    for (std::size_t level = 0; level < counts.size(); ++level) {
        const auto here = static_cast<double>(counts[level]);
        if (below + here >= half && here > 0) {
            const double low = level == 0 ? 0 : static_cast<double>(level) - 0.5;
            const double high = static_cast<double>(level) + 0.5;
            middle = low + (high - low) * (half - below) / here;
            break;
        }
        below += here;
    }
    return middle / 0.6745 / std::numbers::sqrt2; // median of |normal|; a difference has twice the variance
}

} // namespace kaomon::choose
