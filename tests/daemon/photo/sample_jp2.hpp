// JPEG 2000 files for tests and benchmarks, made with OpenJPEG from a drawn pattern.
#pragma once

#include "drivers/base/bytes.hpp"

namespace kaomon::photo::testing {

struct Sample {
    int width = 240, height = 300, channels = 1; // pixels: the shape of a card's photograph
    int bits = 8;
    bool is_signed = false;
    int subsampling = 1;
    int levels = 5, layers = 1;
    int tile = 0;     // side of a tile in pixels; 0: one tile
    int precinct = 0; // side of a precinct in pixels; 0: default
    float ratio = 10; // compression; 1: lossless
    bool raw = false; // codestream without JP2 boxes
};

// The drawn pattern: what a lossless file must decode to.
Bytes pattern(const Sample& sample);
Bytes encode(const Sample& sample);

} // namespace kaomon::photo::testing
