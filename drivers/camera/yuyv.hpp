// Packed 4:2:2 (Y0 U Y1 V): the format every UVC camera offers. BT.601, limited range (16..235, 16..240),
// which is what V4L2 means by it unless the driver says otherwise.
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstdint>

namespace kaomon::camera {

// `yuyv` holds `pixels` * 2 bytes, `rgb` takes `pixels` * 3; `pixels` is even. Reentrant.
void rgb_from_yuyv(const std::uint8_t* yuyv, std::size_t pixels, std::uint8_t* rgb) noexcept;
void yuyv_from_rgb(const std::uint8_t* rgb, std::size_t pixels, std::uint8_t* yuyv) noexcept;

} // namespace kaomon::camera
