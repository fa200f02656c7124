// Vectors of eight floats. The names are those of registers_512.hpp.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace kaomon::face::engine {
namespace {

using Floats = __m256;
using Integers = __m256i;
constexpr std::size_t lanes_of_vector = 8;
// By vectors of a panel: pixels of a tile, as many as sixteen registers hold the sums of.
constexpr std::size_t most_pixels[] = {0, 8, 6, 4};
constexpr std::size_t depthwise_pixels = 4;

// Which lanes are meant: all, because tensors are filled up to eights.
struct Lanes {};
KAOMON_INLINE Lanes lanes_within(std::size_t) {
    return {};
}

KAOMON_INLINE Floats zeros() {
    return _mm256_setzero_ps();
}
KAOMON_INLINE Integers integer_zeros() {
    return _mm256_setzero_si256();
}
KAOMON_INLINE Floats all(float number) {
    return _mm256_set1_ps(number);
}
KAOMON_INLINE Floats all(const float* number) {
    return _mm256_broadcast_ss(number);
}
KAOMON_INLINE Floats load(const float* from) {
    return _mm256_loadu_ps(from);
}
KAOMON_INLINE Floats load(const float* from, Lanes) {
    return load(from);
}
KAOMON_INLINE Floats load_bytes(const std::int8_t* from) {
    return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from))));
}
KAOMON_INLINE Floats load_bytes(const std::uint8_t* from) {
    return _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from))));
}
KAOMON_INLINE void store(float* to, Floats y) {
    _mm256_storeu_ps(to, y);
}
KAOMON_INLINE void store(float* to, Floats y, Lanes) {
    store(to, y);
}
KAOMON_INLINE Floats add(Floats a, Floats b) {
    return _mm256_add_ps(a, b);
}
// a plus the numbers at `from`, in these lanes.
KAOMON_INLINE Floats add(Floats a, const float* from, Lanes) {
    return add(a, load(from));
}
KAOMON_INLINE Floats multiply_add(Floats a, Floats b, Floats sum) {
    return _mm256_fmadd_ps(a, b, sum);
}
KAOMON_INLINE Floats multiply_subtract(Floats a, Floats b, Floats sum) {
    return _mm256_fnmadd_ps(a, b, sum);
}
KAOMON_INLINE Floats smaller(Floats a, Floats b) {
    return _mm256_min_ps(a, b);
}
KAOMON_INLINE Floats larger(Floats a, Floats b) {
    return _mm256_max_ps(a, b);
}
KAOMON_INLINE Integers pairs_in(Floats pairs) {
    return _mm256_castps_si256(pairs);
}
KAOMON_INLINE Floats as_floats(Integers whole) {
    return _mm256_cvtepi32_ps(whole);
}
// Rounded, as 16-bit integers in the place of half as many floats.
KAOMON_INLINE void store_pairs(float* to, Floats y, Lanes) {
    const Integers whole = _mm256_cvtps_epi32(y);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to),
                     _mm_packs_epi32(_mm256_castsi256_si128(whole), _mm256_extracti128_si256(whole, 1)));
}

} // namespace
} // namespace kaomon::face::engine
