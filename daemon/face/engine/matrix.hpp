// A vector times a matrix, and what rows of numbers need before and after.
#pragma once

#include "daemon/face/engine/finish.hpp"

#include <algorithm>

namespace kaomon::face::engine {
namespace {

constexpr std::size_t matrix_panel = matrix_vectors * lanes_of_vector;

KAOMON_VECTOR void multiply(const float* source, const Window& window, const float* weights, float* sum) {
    Floats sums[matrix_vectors];
#pragma GCC unroll 8
    for (auto& one : sums)
        one = zeros();
    for (std::size_t row = 0; row < window.rows; ++row, source += window.row) {
        for (std::size_t k = 0; k < window.length; ++k, weights += matrix_panel) {
            const Floats number = all(source + k);
#pragma GCC unroll 8
            for (std::size_t v = 0; v < matrix_vectors; ++v)
                sums[v] = multiply_add(number, load(weights + v * lanes_of_vector), sums[v]);
        }
    }
#pragma GCC unroll 8
    for (std::size_t v = 0; v < matrix_vectors; ++v)
        store(sum + v * lanes_of_vector, sums[v]);
}

KAOMON_VECTOR void multiply_eight_bit(const float* source, const EightBitPanel& panel, float* sum) {
    Floats total[matrix_vectors];
#pragma GCC unroll 8
    for (auto& one : total)
        one = zeros();
    const std::int8_t* weights = panel.weights;
    const float *scale = panel.scale, *zero = panel.zero;
    for (std::size_t begin = 0; begin < panel.count; begin += panel.block) {
        const std::size_t end = std::min(begin + panel.block, panel.count);
        Floats sums[matrix_vectors];
#pragma GCC unroll 8
        for (auto& one : sums)
            one = zeros();
        Floats whole = zeros(); // the sum of the numbers: what the zero point is worth
        for (std::size_t k = begin; k < end; ++k, weights += matrix_panel) {
            const Floats number = all(source + k);
            whole = add(whole, number);
#pragma GCC unroll 8
            for (std::size_t v = 0; v < matrix_vectors; ++v)
                sums[v] = multiply_add(number, load_bytes(weights + v * lanes_of_vector), sums[v]);
        }
#pragma GCC unroll 8
        for (std::size_t v = 0; v < matrix_vectors; ++v) {
            const std::size_t at = v * lanes_of_vector;
            total[v] = multiply_add(sums[v], load(scale + at), total[v]);
            total[v] = multiply_subtract(whole, load(zero + at), total[v]);
        }
        scale += matrix_panel;
        zero += matrix_panel;
    }
#pragma GCC unroll 8
    for (std::size_t v = 0; v < matrix_vectors; ++v)
        store(sum + v * lanes_of_vector, total[v]);
}

KAOMON_VECTOR void finish_row(const float* sum, const Finish& finish, const float* residual,
                              std::size_t residual_count, float* target, std::size_t count) {
    for (std::size_t c = 0; c < count; c += lanes_of_vector) {
        const Lanes lanes = lanes_within(count - c);
        Floats y = add(load(sum + c, lanes), finish.bias + c, lanes);
        if (residual && c < residual_count)
            y = add(y, residual + c, lanes_within(std::min(residual_count, count) - c));
        store(target + c, activated(y, load(finish.slopes + c, lanes)), lanes);
    }
}

KAOMON_VECTOR void widen_row(const std::uint8_t* values, std::size_t count, float factor, float offset,
                             float* target) {
    std::size_t i = 0;
    for (; i + lanes_of_vector <= count; i += lanes_of_vector)
        store(target + i, multiply_add(load_bytes(values + i), all(factor), all(offset)));
    for (; i < count; ++i)
        target[i] = __builtin_fmaf(static_cast<float>(values[i]), factor, offset);
}

} // namespace
} // namespace kaomon::face::engine
