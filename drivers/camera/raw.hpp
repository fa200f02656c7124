// Pictures as cameras send them without compression. Luma and chroma are BT.601 in limited range (16..235,
// 16..240), which is what V4L2 means by them unless the driver says otherwise; grey takes the whole range.
#pragma once

#include "drivers/base/image.hpp"
#include "drivers/camera/frame.hpp"

namespace kaomon::camera {

// How the bytes of a picture lie: `rows` of `row_bytes`. NV12 has its rows of chroma behind those of luma.
struct RawLayout {
    std::size_t row_bytes = 0, rows = 0;
    std::size_t bytes() const noexcept { return row_bytes * rows; }
};

// Both 0 for mjpeg, and where the format cannot be of that size: chroma that two pixels (NV12: four) share
// wants even sides. Reentrant.
RawLayout raw_layout(PixelFormat format, int width, int height) noexcept;

// To RGB and back; grey becomes R = G = B. `raw` holds raw_layout().bytes(), which are not 0; `rgb` has three
// channels. Reentrant.
Image rgb_from_raw(PixelFormat format, ByteView raw, int width, int height);
SecretBytes raw_from_rgb(PixelFormat format, const Image& rgb);

} // namespace kaomon::camera
