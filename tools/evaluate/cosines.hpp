// The cosines of all templates of one side with all of the other, tile by tile.
#pragma once

#include "tools/evaluate/gallery.hpp"

#include <functional>

namespace kaomon::evaluate {

struct Tile {
    static constexpr std::size_t height = 32, width = 128; // at most
    std::size_t first_row = 0, rows = 0, first_column = 0, columns = 0;
    const float* cosines = nullptr; // of row r and column c at [r * width + c]
};

// `see` is called for every tile, from `threads` threads, with the number of its thread: 0..threads-1.
// `half`: rows and columns are one gallery, and tiles with no column behind their first row are left out.
void for_all_cosines(const Gallery& rows, const Gallery& columns, bool half, unsigned threads,
                     const std::function<void(const Tile& tile, unsigned thread)>& see);

} // namespace kaomon::evaluate
