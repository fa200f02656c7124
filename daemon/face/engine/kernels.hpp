// The arithmetic: AVX2 and FMA, 32-bit floats, and for pointwise convolutions 16-bit integers. Call these
// only where has_kernels() says so.
//
// Channels go in vectors of eight. The weights of a convolution are packed into panels of one to three
// vectors of output channels; a tile is up to six pixels times one panel, whose sums stay in registers from
// the first weight to the last.
//
// Integers go in pairs: the numbers of two neighbouring input channels lie in the place of one float, the
// first below, and one instruction multiplies both and adds the products.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kaomon::face::engine {

bool has_kernels() noexcept;

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
    std::size_t residual_channels = 0;      // filled up to whole vectors
};

inline constexpr std::size_t widest_panel = 3; // vectors

// One panel of a convolution over a band. `weights`: rows x length times 8 * vectors floats. `channel`: the
// panel's first. `scale`: not null where source and weights are pairs of integers; what a sum of a channel is
// worth.
void convolve(const Band& band, const Window& window, const float* weights, const float* scale,
              std::size_t vectors, std::size_t channel, const Finish& finish);

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
void convolve_depthwise(const DepthwiseRow& row);

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
void max_pool(const PoolRow& row);

// A convolution that has one output pixel is a vector times a matrix: nothing is used twice, memory is what
// counts. A panel has 64 output channels.
inline constexpr std::size_t matrix_panel = 64;

// sum[64] = window times weights (rows x length x 64 floats).
void multiply(const float* source, const Window& window, const float* weights, float* sum);

// The same for weights of 8 bits, for columns `block` after `block`: weights count x 64; scale and zero:
// blocks x 64, the zero already times the scale.
void multiply(const float* source, std::size_t count, std::size_t block, const std::int8_t* weights,
              const float* scale, const float* zero, float* sum);

// y = sum + bias + residual and activation, over `count` channels (a multiple of eight).
void finish_row(const float* sum, const Finish& finish, const float* residual, std::size_t residual_count,
                float* target, std::size_t count);

// One row of 8-bit values to floats: value * factor + offset. `count` values.
void widen_row(const std::uint8_t* values, std::size_t count, float factor, float offset, float* target);

} // namespace kaomon::face::engine
