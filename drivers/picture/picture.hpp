// The one door by which a picture from a person comes in: a file from a telephone, a scanner or a web page,
// whose kind, size, orientation and colours nobody has looked at. (A camera's frames are drivers/camera's.)
#pragma once

#include "drivers/base/image.hpp"
#include "drivers/base/result.hpp"

#include <filesystem>

namespace kaomon::picture {

inline constexpr std::size_t largest_file = std::size_t{32} << 20; // bytes
inline constexpr int largest_side = 8192;                          // pixels

enum class Colours : std::uint8_t {
    as_they_are, // grey: one channel, everything else: R, G, B
    grey,        // one channel
    rgb,         // three channels
};

struct Wanted {
    Colours colours = Colours::as_they_are;
    int smallest_side = 64; // pixels
    bool smooth = true;     // chroma between its samples; false: as drivers/camera has it, and faster
};

// A JPEG, baseline or progressive, of any subsampling, in grey, YCbCr, RGB, CMYK or YCCK, turned as its EXIF
// tag says. Colour profiles are not applied. Reason: photo_malformed; the detail says what it is instead, or
// what is wrong with it, and has no path. Reentrant.
Result<Image> read_picture(ByteView file, const Wanted& wanted);

// The bytes of such a file. Reason: photo_malformed (cannot be read, empty, too large); the detail has no
// path. Reentrant.
Result<SecretBytes> read_picture_file(const std::filesystem::path& file);

} // namespace kaomon::picture
