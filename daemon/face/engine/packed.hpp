// The numbers of a layer in the order in which the kernels want them. Made once, when a network is opened.
#pragma once

#include "daemon/face/engine/kernels.hpp"
#include "daemon/face/engine/model.hpp"
#include "daemon/face/engine/plan.hpp"
#include "daemon/face/engine/weight_memory.hpp"

#include <span>
#include <vector>

namespace kaomon::face::engine {

enum class Form {
    none,     // a maximum: nothing to pack
    channels, // one row of numbers for each place of the window, channel beside channel: depthwise, flatten
    panels,   // convolution by tiles
    matrix,   // convolution with one output pixel
    eight_bit_matrix, // the same, weights as published
};

struct Panel {
    std::size_t channel = 0, count = 0; // the first, how many (eights)
    std::size_t begin = 0;              // in weights
};

struct Packed {
    Form form = Form::none;
    std::size_t channels = 0; // in_eights() of them
    std::span<float> weights;
    std::span<float> bias, slopes; // slopes say the activation: see Finish
    std::vector<Panel> panels;
    // The layer makes pairs of integers (channels) or reads them (panels: the weights are such pairs too, and
    // `scale` says what a sum of each channel is worth).
    bool pairs = false;
    std::span<float> scale;
    // eight_bit_matrix: a panel's bytes follow each other, as do its scales and its zeros (times scale)
    std::span<std::int8_t> eight;
    std::span<float> zero;
    std::size_t block = 0;

    Finish finish() const noexcept { return {bias.data(), slopes.data()}; }
};

// Its numbers lie in `memory`. `source_pixel`: floats of a pixel of what the layer reads, filling included.
// `reach`: not 0 for the two layers of a step that hand over integers, the largest of which stands for it.
// `kernels`: that will read it.
Packed pack(const Layer& layer, const Shape& source, std::size_t source_pixel, const Shape& target,
            float reach, const Kernels& kernels, WeightMemory& memory);

} // namespace kaomon::face::engine
