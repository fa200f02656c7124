// What camera and daemon agree on: pixel format, size, frame interval.
#pragma once

#include "drivers/camera/frame.hpp"
#include "drivers/camera/v4l2/device.hpp"

#include <cstddef>

namespace kaomon::camera::v4l2 {

struct Format {
    PixelFormat pixels = PixelFormat::mjpeg;
    int width = 0;                  // pixels
    int height = 0;                 // pixels
    std::size_t bytes_per_line = 0; // of a raw format; may be more than the pixels need
    Milliseconds interval{};        // between two frames, as the driver promises it
};

// The best format that can be decoded (pixel_format.hpp); the size nearest to the asked one; the rate if the
// driver lets it be set. Reasons: camera_unsuitable (with what is offered in the detail), camera_busy,
// camera_lost, camera_error.
Result<Format> agree_on_format(const Device& device, int width, int height, int rate);

} // namespace kaomon::camera::v4l2
