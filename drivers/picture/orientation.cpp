#include "drivers/picture/orientation.hpp"

#include <algorithm>
#include <array>

namespace kaomon::picture {
namespace {

constexpr std::array<std::uint8_t, 6> exif{'E', 'x', 'i', 'f', 0, 0};
constexpr std::uint16_t orientation_tag = 0x0112, short_type = 3, long_type = 4;

// A TIFF file (TIFF 6.0): numbers in either order, 0 beyond its end.
struct Tiff {
    ByteView bytes;
    bool big = false;

    std::uint32_t number(std::size_t at, std::size_t size) const noexcept {
        if (at > bytes.size() || size > bytes.size() - at)
            return 0;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value |= static_cast<std::uint32_t>(bytes[at + i]) << (8 * (big ? size - 1 - i : i));
        return value;
    }
};

} // namespace

std::optional<int> orientation_of(ByteView app1) noexcept {
    if (app1.size() < exif.size() + 8 || !std::ranges::equal(app1.first(exif.size()), exif))
        return std::nullopt;
    Tiff tiff{app1.subspan(exif.size())};
    tiff.big = tiff.bytes[0] == 'M';
    if ((tiff.bytes[0] != 'M' && tiff.bytes[0] != 'I') || tiff.bytes[1] != tiff.bytes[0] ||
        tiff.number(2, 2) != 42)
        return std::nullopt;
    constexpr std::size_t entry_size = 12;
    const std::size_t directory = tiff.number(4, 4), entries = tiff.number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) { // at most 65,535; beyond the end nothing is found
        const std::size_t at = directory + 2 + i * entry_size;
        if (at + entry_size > tiff.bytes.size())
            break;
        if (tiff.number(at, 2) != orientation_tag)
            continue;
        const std::uint32_t type = tiff.number(at + 2, 2);
        const std::uint32_t value = type == short_type  ? tiff.number(at + 8, 2)
                                    : type == long_type ? tiff.number(at + 8, 4)
                                                        : 0;
        return value >= 1 && value <= 8 ? std::optional(static_cast<int>(value)) : std::nullopt;
    }
    return std::nullopt;
}

Image upright(Image image, int orientation) {
    if (orientation < 2 || orientation > 8)
        return image;
    const bool turned = orientation >= 5;
    // Which pixel of the file stands at (x, y) of what is seen: 5 to 8 swap the sides.
    const bool mirrored_x = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool mirrored_y = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    Image seen{.width = turned ? image.height : image.width,
               .height = turned ? image.width : image.height,
               .channels = image.channels,
               .pixels = {}};
    seen.pixels.resize(image.pixels.size());
    const auto channels = static_cast<std::size_t>(image.channels);
    std::uint8_t* out = seen.pixels.data();
    for (int y = 0; y < seen.height; ++y) {
        for (int x = 0; x < seen.width; ++x, out += channels) {
            const int across = turned ? y : x, down = turned ? x : y;
            const auto from_x = static_cast<std::size_t>(mirrored_x ? image.width - 1 - across : across);
            const auto from_y = static_cast<std::size_t>(mirrored_y ? image.height - 1 - down : down);
            std::copy_n(image.pixels.data() + from_y * image.stride() + from_x * channels, channels, out);
        }
    }
    return seen;
}

} // namespace kaomon::picture
