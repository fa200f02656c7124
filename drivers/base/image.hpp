// A picture in memory, without any library's types.
#pragma once

#include "drivers/base/secret.hpp"

#include <cstddef>

namespace kaomon {

struct Image {
    int width = 0;      // pixels
    int height = 0;     // pixels
    int channels = 0;   // 1 = grey, 3 = R, G, B in this order
    SecretBytes pixels; // width * height * channels, rows from the top without padding, 8 bit

    bool empty() const noexcept { return pixels.empty(); }
    std::size_t stride() const noexcept {
        return static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
    }
};

} // namespace kaomon
