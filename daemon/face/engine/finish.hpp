// What follows a sum, for the kernels.
#pragma once

#include "daemon/face/engine/kernels.hpp"
#include "daemon/face/engine/registers.hpp"

namespace kaomon::face::engine {
namespace {

KAOMON_INLINE Floats activated(Floats y, Floats slope) {
    return multiply_add(smaller(y, zeros()), slope, larger(y, zeros()));
}

// Numbers as integers, in the place of half as many floats. What is no number becomes the largest.
KAOMON_INLINE void store_within(float* target, Floats y, Lanes lanes) {
    store_pairs(target, larger(smaller(y, all(float{largest_integer})), all(float{-largest_integer})), lanes);
}

} // namespace
} // namespace kaomon::face::engine
