// One picture as the camera hands it over.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/image.hpp"
#include "drivers/base/result.hpp"

#include <cstdint>

namespace kaomon::camera {

enum class PixelFormat : std::uint8_t { mjpeg, yuyv, rgb24, uyvy, nv12, grey };

struct Frame {
    int width = 0;  // pixels
    int height = 0; // pixels
    PixelFormat format = PixelFormat::rgb24;
    SecretBytes bytes;
    Instant captured;           // start of exposure or of transfer, as the driver tells it
    std::uint64_t sequence = 0; // the driver's own count: a gap is a dropped frame
};

// To 8-bit RGB. Reentrant. Reason: frame_malformed. Limit: 4096 x 4096 pixels.
Result<Image> decode(const Frame& frame);

} // namespace kaomon::camera
