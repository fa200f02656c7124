// Where every tensor of a run lies, decided once when a network is opened: a run allocates nothing.
//
// One block of memory serves all tensors: two whose lifetimes do not overlap share some of it. In memory a
// tensor is rows of pixels of channels; channels are filled up with zeros to a multiple of eight, and around
// the pixels lies the border of zeros that the layers reading it ask for, so that no kernel knows of edges.
#pragma once

#include "daemon/face/engine/model.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace kaomon::face::engine {

// Up to a multiple of `step`.
constexpr std::size_t filled(std::size_t count, std::size_t step) {
    return (count + step - 1) / step * step;
}
// Channels in memory.
constexpr std::size_t in_eights(std::size_t channels) {
    return filled(channels, 8);
}

// Where a tensor lies. Counts are of floats.
struct TensorLayout {
    std::size_t begin = 0; // of the border, from the start of the memory
    std::size_t first = 0; // of the pixel at 0, 0
    std::size_t row = 0;   // from a pixel to the one below
    std::size_t pixel = 0; // from a pixel to the one on its right: the channels, filled up
    std::size_t size = 0;  // border included; 0: never in memory
    Padding border;
};

// What runs at once: a layer, or a depthwise convolution together with the 1 x 1 convolution that alone reads
// it. The pair goes band by band, so that what lies between them never leaves the cache.
struct Step {
    std::uint32_t layer = 0;
    std::optional<std::uint32_t> depthwise;
};

struct Plan {
    std::vector<Step> steps;
    std::vector<TensorLayout> layouts; // of the tensors
    std::vector<std::size_t>
        results;            // where the outputs lie for the caller: dense, without border and filling
    std::size_t memory = 0; // floats in all
};

// Reentrant. Reason: model_refused (more memory than a face is worth).
Result<Plan> make_plan(const Model& model);

} // namespace kaomon::face::engine
