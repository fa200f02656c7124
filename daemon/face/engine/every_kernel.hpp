// All the kernels, of the instruction set that the including file is compiled for.
#pragma once

#include "daemon/face/engine/convolution.hpp"
#include "daemon/face/engine/depthwise.hpp"
#include "daemon/face/engine/matrix.hpp"

namespace kaomon::face::engine {
namespace {

// `Multiply`: the instruction for pairs of integers, as of PairSum.
template<class Multiply>
constexpr Kernels every_kernel() {
    return {
        .vector = lanes_of_vector,
        .convolve = convolve<FloatSum>,
        .convolve_pairs = convolve<PairSum<Multiply>>,
        .convolve_depthwise = convolve_depthwise,
        .max_pool = max_pool,
        .multiply = multiply,
        .multiply_eight_bit = multiply_eight_bit,
        .finish_row = finish_row,
        .widen_row = widen_row,
    };
}

} // namespace
} // namespace kaomon::face::engine
