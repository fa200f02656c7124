// Pictures that tests make for themselves.
#pragma once

#include "drivers/base/image.hpp"

namespace kaomon::camera {

// Smooth colours and a few edges, different from row to row and column to column.
inline Image test_picture(int width, int height) {
    Image picture{.width = width, .height = height, .channels = 3, .pixels = {}};
    picture.pixels.resize(picture.stride() * static_cast<std::size_t>(height));
    std::uint8_t* pixel = picture.pixels.data();
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x, pixel += 3) {
            const bool tile = (x / 40 + y / 40) % 2 == 0;
            pixel[0] = static_cast<std::uint8_t>(40 + 160 * x / width);
            pixel[1] = static_cast<std::uint8_t>(40 + 160 * y / height);
            pixel[2] = tile ? 170 : 90;
        }
    }
    return picture;
}

// Mean of the absolute differences of two pictures of one size, in grey levels.
inline double mean_difference(const Image& a, const Image& b) {
    if (a.pixels.size() != b.pixels.size() || a.empty())
        return 255;
    double sum = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        sum += a.pixels[i] > b.pixels[i] ? a.pixels[i] - b.pixels[i] : b.pixels[i] - a.pixels[i];
    }
    return sum / static_cast<double>(a.pixels.size());
}

} // namespace kaomon::camera
