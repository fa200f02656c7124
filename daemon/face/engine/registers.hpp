// What the kernels share: vectors of eight floats and the attributes of code that is compiled for AVX2.
// Functions carry the target attribute one by one, so that no code shared with the rest of the program (an
// inline function of the standard library, say) is compiled for a CPU that may not be there.
// Loops over registers are unrolled by pragma: otherwise GCC 12 keeps the sums of a tile in memory and runs
// at a third of the speed.
#pragma once

#include "daemon/face/engine/kernels.hpp"

#include <immintrin.h>

#define KAOMON_VECTOR [[gnu::target("avx2,fma")]]
#define KAOMON_INLINE [[gnu::target("avx2,fma"), gnu::always_inline]] inline

namespace kaomon::face::engine {

inline constexpr std::size_t lanes = 8;

KAOMON_INLINE __m256 activated(__m256 y, __m256 slope) {
    const __m256 none = _mm256_setzero_ps();
    return _mm256_fmadd_ps(_mm256_min_ps(y, none), slope, _mm256_max_ps(y, none));
}

// Eight numbers as integers, in the place of four floats. What is no number becomes the largest.
KAOMON_INLINE void store_pairs(float* target, __m256 y) {
    const __m256 most = _mm256_set1_ps(largest_integer), least = _mm256_set1_ps(-largest_integer);
    const __m256i whole = _mm256_cvtps_epi32(_mm256_max_ps(_mm256_min_ps(y, most), least));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(target),
                     _mm_packs_epi32(_mm256_castsi256_si128(whole), _mm256_extracti128_si256(whole, 1)));
}

} // namespace kaomon::face::engine
