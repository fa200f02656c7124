// A row of a depthwise convolution, and of a maximum over windows.
#pragma once

#include "daemon/face/engine/finish.hpp"

namespace kaomon::face::engine {
namespace {

KAOMON_INLINE void store(float* to, Floats y, Lanes lanes, bool pairs) {
    if (pairs)
        store_within(to, y, lanes);
    else
        store(to, y, lanes);
}

// 3 x 3: the weights of a vector of channels are loaded once for Pixels outputs, a column of the source once
// for all outputs that see it.
template<std::size_t Pixels, std::size_t Stride, bool Integral>
KAOMON_INLINE void depthwise_tile(const DepthwiseRow& row, std::size_t x) {
    constexpr std::size_t columns = (Pixels - 1) * Stride + 3;
    const float* const source = row.source + x * Stride * row.pixel;
    float* const target = row.target + x * row.target_pixel;
    for (std::size_t c = 0; c < row.channels; c += lanes_of_vector) {
        const Lanes lanes = lanes_within(row.channels - c);
        Floats sum[Pixels];
#pragma GCC unroll 8
        for (std::size_t p = 0; p < Pixels; ++p)
            sum[p] = load(row.finish.bias + c, lanes);
#pragma GCC unroll 4
        for (std::size_t y = 0; y < 3; ++y) {
            const float* line = source + y * row.row + c;
            Floats weight[3];
#pragma GCC unroll 4
            for (std::size_t i = 0; i < 3; ++i)
                weight[i] = load(row.weights + (y * 3 + i) * row.channels + c, lanes);
#pragma GCC unroll 16
            for (std::size_t column = 0; column < columns; ++column) {
                const Floats number = load(line + column * row.pixel, lanes);
#pragma GCC unroll 8
                for (std::size_t p = 0; p < Pixels; ++p) {
                    if (const std::size_t first = p * Stride; column >= first && column < first + 3)
                        sum[p] = multiply_add(number, weight[column - first], sum[p]);
                }
            }
        }
        const Floats slope = load(row.finish.slopes + c, lanes);
#pragma GCC unroll 8
        for (std::size_t p = 0; p < Pixels; ++p)
            store(target + p * row.target_pixel + (Integral ? c / 2 : c), activated(sum[p], slope), lanes,
                  Integral);
    }
}

template<std::size_t Stride, bool Integral>
KAOMON_VECTOR void depthwise_3x3(const DepthwiseRow& row) {
    std::size_t x = 0;
    for (; x + depthwise_pixels <= row.width; x += depthwise_pixels)
        depthwise_tile<depthwise_pixels, Stride, Integral>(row, x);
    for (; x + 2 <= row.width; x += 2)
        depthwise_tile<2, Stride, Integral>(row, x);
    for (; x < row.width; ++x)
        depthwise_tile<1, Stride, Integral>(row, x);
}

KAOMON_VECTOR void depthwise_any(const DepthwiseRow& row) {
    for (std::size_t x = 0; x < row.width; ++x) {
        for (std::size_t c = 0; c < row.channels; c += lanes_of_vector) {
            const Lanes lanes = lanes_within(row.channels - c);
            Floats sum = load(row.finish.bias + c, lanes);
            for (std::size_t i = 0; i < row.kernel_height; ++i) {
                for (std::size_t j = 0; j < row.kernel_width; ++j) {
                    const float* number = row.source + i * row.row + (x * row.stride + j) * row.pixel + c;
                    const float* weight = row.weights + (i * row.kernel_width + j) * row.channels + c;
                    sum = multiply_add(load(number, lanes), load(weight, lanes), sum);
                }
            }
            store(row.target + x * row.target_pixel + (row.pairs ? c / 2 : c),
                  activated(sum, load(row.finish.slopes + c, lanes)), lanes, row.pairs);
        }
    }
}

void convolve_depthwise(const DepthwiseRow& row) {
    const bool three = row.kernel_height == 3 && row.kernel_width == 3;
    if (three && row.stride == 1)
        row.pairs ? depthwise_3x3<1, true>(row) : depthwise_3x3<1, false>(row);
    else if (three && row.stride == 2)
        row.pairs ? depthwise_3x3<2, true>(row) : depthwise_3x3<2, false>(row);
    else
        depthwise_any(row);
}

KAOMON_VECTOR void max_pool(const PoolRow& row) {
    for (std::size_t x = 0; x < row.width; ++x) {
        const float* window = row.source + x * row.stride * row.pixel;
        for (std::size_t c = 0; c < row.channels; c += lanes_of_vector) {
            const Lanes lanes = lanes_within(row.channels - c);
            Floats most = load(window + c, lanes);
            for (std::size_t i = 0; i < row.kernel_height; ++i) {
                for (std::size_t j = 0; j < row.kernel_width; ++j)
                    most = larger(most, load(window + i * row.row + j * row.pixel + c, lanes));
            }
            store(row.target + x * row.target_pixel + c, most, lanes);
        }
    }
}

} // namespace
} // namespace kaomon::face::engine
