// JPEG to RGB and back: the only place that knows libjpeg (which tells warnings apart) and TurboJPEG.
#pragma once

#include "drivers/base/image.hpp"

namespace kaomon::camera {

// The picture, or an empty one when the JPEG is damaged, not of the kind of read_jpeg_header(), or larger
// than `longest_side` pixels. Damaged: pixels are missing (drivers/picture/jpeg_warning.hpp); bytes that no
// pixel needs are passed over. Any subsampling; grey becomes R = G = B. Reentrant.
Image decode_jpeg(ByteView jpeg, int longest_side);

// 4:2:2, as cameras send it. `rgb` has three channels. Empty when the codec fails. Reentrant.
SecretBytes encode_jpeg(const Image& rgb, int quality);

} // namespace kaomon::camera
