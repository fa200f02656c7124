#include "drivers/camera/jpeg_header.hpp"

namespace kaomon::camera {
namespace {

// ITU-T T.81, table B.1
constexpr std::uint8_t start_of_image = 0xd8, start_of_scan = 0xda, end_of_image = 0xd9;
constexpr std::uint8_t baseline_frame = 0xc0, extended_frame = 0xc1, huffman_tables = 0xc4;
constexpr std::uint8_t temporary = 0x01;
constexpr std::size_t few_stray = 64; // bytes between the segments, in all

bool starts_other_frame(std::uint8_t marker) { // progressive, lossless, hierarchical, arithmetic
    return marker > extended_frame && marker <= 0xcf && marker != huffman_tables;
}

std::optional<JpegHeader> read_frame_segment(ByteView body) {
    if (body.size() < 6)
        return std::nullopt;
    JpegHeader header;
    header.height = body[1] << 8 | body[2];
    header.width = body[3] << 8 | body[4];
    header.components = body[5];
    const bool usual = body[0] == 8 && (header.components == 1 || header.components == 3);
    const bool whole = body.size() == 6 + 3 * static_cast<std::size_t>(header.components);
    if (!usual || !whole || header.width == 0 || header.height == 0)
        return std::nullopt;
    return header;
}

} // namespace

std::optional<JpegHeader> read_jpeg_header(ByteView jpeg) {
    if (jpeg.size() < 4 || jpeg[0] != 0xff || jpeg[1] != start_of_image)
        return std::nullopt;
    std::optional<JpegHeader> frame;
    std::size_t at = 2, stray = 0;
    while (at + 4 <= jpeg.size()) {
        const std::uint8_t marker = jpeg[at + 1];
        if (jpeg[at] != 0xff || marker == 0x00) {
            if (++stray > few_stray)
                return std::nullopt;
            ++at;
            continue;
        }
        if (marker == 0xff) { // fill byte
            ++at;
            continue;
        }
        if (marker == start_of_image || marker == end_of_image)
            return std::nullopt;
        if (marker == temporary ||
            (marker & 0xf8) == 0xd0) { // restart markers: without a length, and out of place
            at += 2;
            continue;
        }
        const std::size_t length = static_cast<std::size_t>(jpeg[at + 2] << 8 | jpeg[at + 3]); // with itself
        if (length < 2 || length > jpeg.size() - at - 2)
            return std::nullopt;
        const ByteView body = jpeg.subspan(at + 4, length - 2);
        if (marker == baseline_frame || marker == extended_frame) {
            if (frame)
                return std::nullopt;
            frame = read_frame_segment(body);
            if (!frame)
                return std::nullopt;
        } else if (starts_other_frame(marker)) {
            return std::nullopt;
        } else if (marker == start_of_scan) {
            if (!frame || body.empty() || body[0] != frame->components)
                return std::nullopt;
            frame->scan = at + 2 + length;
            return frame;
        }
        at += 2 + length;
    }
    return std::nullopt;
}

} // namespace kaomon::camera
