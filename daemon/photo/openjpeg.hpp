// JPEG 2000 to pixels with OpenJPEG: what runs inside the cage, and nothing else does.
#pragma once

#include "daemon/photo/raster.hpp"
#include "drivers/base/bytes.hpp"

#include <optional>

namespace kaomon::photo {

struct Picture {
    Raster raster;
    Bytes pixels; // width * height * channels, rows from the top, 8 bit
};

// Empty for anything but an undamaged 8 bit grey or sRGB picture within max_side. Trusts nobody's earlier
// check. The memory is not wiped: the worker that calls this ends after one photograph. Reentrant.
std::optional<Picture> unpack(ByteView jp2);

} // namespace kaomon::photo
