// Pixel formats as V4L2 names them, and which of them can be decoded here.
#pragma once

#include "drivers/camera/frame.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::camera::v4l2 {

// Of a fourcc (linux/videodev2.h) that decode() takes. Reentrant.
std::optional<PixelFormat> pixels_of(std::uint32_t fourcc) noexcept;

// The one to take of what a camera offers: MJPEG first (a USB 2 cable is too thin for anything raw at full
// rate), grey last. Empty: none can be decoded. Reentrant.
std::optional<std::uint32_t> best_of(const std::vector<std::uint32_t>& offered);

// "MJPG", "Y16". Reentrant.
std::string format_name(std::uint32_t fourcc);

// "MJPEG, YUYV, UYVY, NV12, GREY"
std::string_view decodable_formats() noexcept;

} // namespace kaomon::camera::v4l2
