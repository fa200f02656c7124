#include "drivers/camera/jpeg_filling.hpp"

#include <algorithm>

namespace kaomon::camera {
namespace {

// Bytes. With the standard tables at most one byte of zeros ends an interval (chroma's end of block is 00),
// and no long run of another byte does.
constexpr std::size_t shortest_zeros = 2, shortest_run = 16;

// Where FF and a marker stand, or the end. FF 00 is data, FF FF filling before a marker.
std::size_t next_marker(ByteView jpeg, std::size_t at) {
    while (at + 1 < jpeg.size()) {
        at = static_cast<std::size_t>(
            std::find(jpeg.begin() + static_cast<std::ptrdiff_t>(at), jpeg.end() - 1, 0xff) - jpeg.begin());
        if (at + 1 >= jpeg.size())
            break;
        if (jpeg[at + 1] != 0x00 && jpeg[at + 1] != 0xff)
            return at;
        at += jpeg[at + 1] == 0x00 ? 2 : 1;
    }
    return jpeg.size();
}

ByteView data_of(ByteView interval) {
    if (interval.empty())
        return interval;
    const std::uint8_t last = interval.back();
    const auto other = std::ranges::find_if_not(interval.rbegin(), interval.rend(),
                                                [last](std::uint8_t byte) { return byte == last; });
    const auto run = static_cast<std::size_t>(other - interval.rbegin());
    return run < (last == 0 ? shortest_zeros : shortest_run)
               ? interval
               : interval.first(interval.size() - run + 1); // one stays: it may be data
}

} // namespace

SecretBytes without_filling(ByteView jpeg, std::size_t scan) {
    SecretBytes kept(jpeg.begin(), jpeg.begin() + static_cast<std::ptrdiff_t>(scan));
    kept.reserve(jpeg.size());
    const auto keep = [&kept](ByteView bytes) { kept.insert(kept.end(), bytes.begin(), bytes.end()); };
    for (std::size_t at = scan; at < jpeg.size();) {
        const std::size_t marker = next_marker(jpeg, at);
        keep(data_of(jpeg.subspan(at, marker - at)));
        if (marker == jpeg.size())
            break;
        const bool restart = (jpeg[marker + 1] & 0xf8) == 0xd0;
        at = restart ? marker + 2 : jpeg.size();
        keep(jpeg.subspan(marker, at - marker));
    }
    return kept;
}

} // namespace kaomon::camera
