#include "drivers/card/simulated/png.hpp"

#include <algorithm>
#include <string_view>

namespace kaomon::card::simulated {
namespace {

void append_be32(Bytes& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(value >> shift));
}

std::uint32_t crc32(ByteView bytes) { // PNG (ISO/IEC 15948) annex D
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const std::uint8_t byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

std::uint32_t adler32(ByteView bytes) { // RFC 1950
    std::uint32_t a = 1, b = 0;
    for (const std::uint8_t byte : bytes) {
        a = (a + byte) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

void append_chunk(Bytes& out, std::string_view type, ByteView data) {
    append_be32(out, static_cast<std::uint32_t>(data.size()));
    Bytes covered(type.begin(), type.end());
    covered.insert(covered.end(), data.begin(), data.end());
    out.insert(out.end(), covered.begin(), covered.end());
    append_be32(out, crc32(covered));
}

// zlib with stored blocks: no compression, no library.
Bytes stored(const Bytes& data) {
    constexpr std::size_t most = 65535; // of one stored block
    Bytes out{0x78, 0x01};
    for (std::size_t at = 0; at < data.size(); at += most) {
        const std::size_t size = std::min(most, data.size() - at);
        const auto low = static_cast<std::uint8_t>(size & 0xFF), high = static_cast<std::uint8_t>(size >> 8);
        out.push_back(at + size == data.size() ? 1 : 0);
        out.insert(out.end(), {low, high, static_cast<std::uint8_t>(~low), static_cast<std::uint8_t>(~high)});
        const auto from = data.begin() + static_cast<std::ptrdiff_t>(at);
        out.insert(out.end(), from, from + static_cast<std::ptrdiff_t>(size));
    }
    append_be32(out, adler32(data));
    return out;
}

} // namespace

Bytes blank_png(std::uint32_t width, std::uint32_t height) {
    Bytes out{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    Bytes header;
    append_be32(header, width);
    append_be32(header, height);
    header.insert(header.end(), {1, 0, 0, 0, 0}); // one bit, grey, no interlace
    append_chunk(out, "IHDR", header);
    const std::size_t row = 1 + (width + 7) / 8; // the filter byte first
    Bytes rows(row * height, 0xFF);
    for (std::size_t y = 0; y < height; ++y)
        rows[y * row] = 0;
    append_chunk(out, "IDAT", stored(rows));
    append_chunk(out, "IEND", {});
    return out;
}

} // namespace kaomon::card::simulated
