#include "drivers/picture/small.hpp"

#include <algorithm>
#include <vector>

namespace kaomon::picture {
namespace {

// Sums of `lines` lines, element by element.
void add_lines(const std::uint8_t* first, std::size_t stride, int lines, std::vector<std::uint16_t>& sums) {
    std::ranges::fill(sums, std::uint16_t{0});
    for (int line = 0; line < lines; ++line, first += stride) {
        for (std::size_t i = 0; i < sums.size(); ++i)
            sums[i] = static_cast<std::uint16_t>(sums[i] + first[i]);
    }
}

// Means of `side` pixels next to each other, of their sums.
template<int channels>
void take_means(const std::uint16_t* sums, int side, int width, std::uint8_t* out) {
    // A division for each pixel would cost more than all the rest. Rounded up in 24 bits the reciprocal gives
    // the same quotient for squares of up to 16 x 16: a camera's are 8 x 8 at most.
    const std::uint32_t reciprocal = (1U << 24) / static_cast<std::uint32_t>(side * side) + 1;
    for (int x = 0; x < width; ++x, out += 3) {
        std::uint32_t total[channels] = {};
        for (int column = 0; column < side; ++column) {
            for (int channel = 0; channel < channels; ++channel)
                total[channel] += *sums++;
        }
        for (int channel = 0; channel < 3; ++channel)
            out[channel] = static_cast<std::uint8_t>(
                (std::uint64_t{total[channels == 3 ? channel : 0]} * reciprocal) >> 24);
    }
}

} // namespace

Image made_small(const Image& picture, int widest, int highest) {
    const int side =
        std::max({1, (picture.width + widest - 1) / widest, (picture.height + highest - 1) / highest});
    Image small{.width = picture.width / side, .height = picture.height / side, .channels = 3, .pixels = {}};
    small.pixels.resize(small.stride() * static_cast<std::size_t>(small.height));
    std::vector<std::uint16_t> sums(static_cast<std::size_t>(small.width * side * picture.channels));
    for (int y = 0; y < small.height; ++y) {
        add_lines(picture.pixels.data() + static_cast<std::size_t>(y * side) * picture.stride(),
                  picture.stride(), side, sums);
        std::uint8_t* const out = small.pixels.data() + static_cast<std::size_t>(y) * small.stride();
        if (picture.channels == 3)
            take_means<3>(sums.data(), side, small.width, out);
        else
            take_means<1>(sums.data(), side, small.width, out);
    }
    return small;
}

} // namespace kaomon::picture
