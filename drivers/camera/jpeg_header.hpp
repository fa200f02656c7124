// What a JPEG says about itself before a decoder spends memory or time on it.
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstddef>
#include <optional>

namespace kaomon::camera {

struct JpegHeader {
    int width = 0;        // pixels, 1..65535
    int height = 0;       // pixels, 1..65535
    int components = 0;   // 1 = grey, 3 = colour
    std::size_t scan = 0; // where the scan's entropy-coded data begin
};

// Walks the segments up to the first scan. Nothing unless it is what cameras send: baseline or extended
// Huffman coding, 8 bit, one or three components, all of them in one scan (so that decoding is a single pass
// over the bytes, whatever they hold). A few bytes between two segments are passed over. Reentrant.
std::optional<JpegHeader> read_jpeg_header(ByteView jpeg);

} // namespace kaomon::camera
