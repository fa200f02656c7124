// The shape of a photograph: what its headers promise and what the decoder must deliver.
#pragma once

namespace kaomon::photo {

struct Raster {
    int width = 0;    // pixels, 1..1024
    int height = 0;   // pixels, 1..1024
    int channels = 0; // 1 = grey, 3 = RGB
    friend bool operator==(const Raster&, const Raster&) = default;
};

// A passport-style photograph in a chip is a few hundred pixels a side and some kilobytes (7 kB at 240 x
// 300); these limits leave room and keep the largest picture at 3 MiB.
inline constexpr int max_side = 1024;
inline constexpr unsigned max_photo_bytes = 64 * 1024;

} // namespace kaomon::photo
