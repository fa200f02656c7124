// The arithmetic: 32-bit floats, and for pointwise convolutions 16-bit integers, for each of the instruction
// sets below. All compute the same numbers to the last bit: a vector holds output channels, so that the sums
// of a channel are added in the same order however wide it is.
//
// The weights of a convolution are packed into panels of a few vectors of output channels; a tile is some
// pixels times one panel, whose sums stay in registers from the first weight to the last.
//
// Integers go in pairs: the numbers of two neighbouring input channels lie in the place of one float, the
// first below, and one instruction multiplies both and adds the products.
//
// Channels are filled up to a multiple of eight in memory, whatever a vector holds.
#pragma once

#include "proto/words.hpp"

#include <cstddef>
#include <cstdint>

namespace kaomon::face::engine {

inline constexpr std::size_t widest_panel = 3; // vectors

// What a number that is handed over as an integer is at most: larger ones are cut off there. The weights are
// packed so that no sum of them leaves 32 bits.
inline constexpr std::int32_t largest_integer = 16383;

// What is done to the sums of a layer: y = sum + bias + residual; y > 0 ? y : y * slope.
// No activation is a slope of one, ReLU a slope of zero.
struct Finish {
    const float* bias = nullptr;
    const float* slopes = nullptr;
};

// The window a convolution sees: `rows` runs of `length` floats each, `row` floats apart.
struct Window {
    std::size_t rows = 1, length = 0, row = 0;
};

// A band of output pixels and where each lies. Offsets in floats.
struct Band {
    std::size_t count = 0;
    const float* const* source = nullptr;   // the window's first number
    float* const* target = nullptr;         // channel 0
    const float* const* residual = nullptr; // or null
    std::size_t residual_channels = 0;      // filled up to eights
};

// Some output channels of a convolution, at most the vectors of the widest panel.
struct Channels {
    std::size_t first = 0, count = 0; // eights
    // rows x length of the window times the channels, filled up to whole vectors. Pairs of integers where
    // `scale` is not null.
    const float* weights = nullptr;
    const float* scale = nullptr; // what a sum of integers is worth, of all channels of the layer
    Finish finish;                // of all channels of the layer
};

// One output row of a depthwise convolution, all `channels` (a multiple of eight).
struct DepthwiseRow {
    const float* source = nullptr;  // the window of the first pixel, channel 0
    std::size_t row = 0, pixel = 0; // of the source, floats
    float* target = nullptr;        // or pairs
    std::size_t target_pixel = 0;   // floats or pairs
    bool pairs = false;             // round to integers within largest_integer
    std::size_t width = 0;          // output pixels
    std::size_t kernel_height = 0, kernel_width = 0, stride = 1;
    std::size_t channels = 0;
    const float* weights = nullptr; // kernel row, kernel column, channel
    Finish finish;
};

// One output row of a maximum over windows, all `channels` (a multiple of eight).
struct PoolRow {
    const float* source = nullptr;
    std::size_t row = 0, pixel = 0;
    float* target = nullptr;
    std::size_t target_pixel = 0;
    std::size_t width = 0;
    std::size_t kernel_height = 0, kernel_width = 0, stride = 1;
    std::size_t channels = 0;
};

// A convolution that has one output pixel is a vector times a matrix: nothing is used twice, memory is what
// counts. A panel has eight vectors of output channels.
inline constexpr std::size_t matrix_vectors = 8;

// A panel of weights of 8 bits as they were published.
struct EightBitPanel {
    std::size_t count = 0, block = 0;     // columns; each `block` of them have a scale and a zero
    const std::int8_t* weights = nullptr; // count x panel
    const float* scale = nullptr;         // blocks x panel
    const float* zero = nullptr;          // blocks x panel, already times the scale
};

// One instruction set's. Reentrant.
struct Kernels {
    std::size_t vector = 0; // floats of a register
    std::size_t matrix_panel() const noexcept { return matrix_vectors * vector; }
    void (*convolve)(const Band& band, const Window& window, const Channels& channels) = nullptr;
    void (*convolve_pairs)(const Band& band, const Window& window, const Channels& channels) = nullptr;
    void (*convolve_depthwise)(const DepthwiseRow& row) = nullptr;
    void (*max_pool)(const PoolRow& row) = nullptr;
    // sum[panel] = window times weights (rows x length x panel floats).
    void (*multiply)(const float* source, const Window& window, const float* weights, float* sum) = nullptr;
    void (*multiply_eight_bit)(const float* source, const EightBitPanel& panel, float* sum) = nullptr;
    // y = sum + bias + residual and activation, over `count` channels (a multiple of eight).
    void (*finish_row)(const float* sum, const Finish& finish, const float* residual,
                       std::size_t residual_count, float* target, std::size_t count) = nullptr;
    // One row of 8-bit values to floats: value * factor + offset. `count` values.
    void (*widen_row)(const std::uint8_t* values, std::size_t count, float factor, float offset,
                      float* target) = nullptr;
};

// The later the faster. avx_vnni: small Intel CPUs from Alder Lake-N on. avx512: F, BW, DQ, VL and VNNI,
// Intel from Ice Lake and AMD from Zen 4 on.
enum class InstructionSet : std::uint8_t { avx2, avx_vnni, avx512 };
consteval auto words_of(InstructionSet) {
    return in_words("avx2", "avx_vnni", "avx512");
}

// Null where this CPU, or the operating system on it, lacks the instructions.
const Kernels* kernels_for(InstructionSet set) noexcept;
// The last of the sets that is there; null where none is.
const Kernels* fastest_kernels() noexcept;

} // namespace kaomon::face::engine
