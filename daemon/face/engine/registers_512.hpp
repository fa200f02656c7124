// Vectors of sixteen floats. The names are those of registers_256.hpp.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace kaomon::face::engine {
namespace {

using Floats = __m512;
using Integers = __m512i;
constexpr std::size_t lanes_of_vector = 16;
// By vectors of a panel: pixels of a tile, as many as 32 registers hold the sums of.
constexpr std::size_t most_pixels[] = {0, 14, 14, 9};
constexpr std::size_t depthwise_pixels = 7;

// Which lanes are meant: the last vector of a tensor may be half full.
using Lanes = __mmask16;
KAOMON_INLINE Lanes lanes_within(std::size_t numbers) {
    return static_cast<Lanes>(numbers < lanes_of_vector ? (1U << numbers) - 1 : 0xFFFFU);
}

KAOMON_INLINE Floats zeros() {
    return _mm512_setzero_ps();
}
KAOMON_INLINE Integers integer_zeros() {
    return _mm512_setzero_si512();
}
KAOMON_INLINE Floats all(float number) {
    return _mm512_set1_ps(number);
}
KAOMON_INLINE Floats all(const float* number) {
    return _mm512_set1_ps(*number);
}
KAOMON_INLINE Floats load(const float* from) {
    return _mm512_loadu_ps(from);
}
KAOMON_INLINE Floats load(const float* from, Lanes lanes) {
    return _mm512_maskz_loadu_ps(lanes, from);
}
KAOMON_INLINE Floats load_bytes(const std::int8_t* from) {
    return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))));
}
KAOMON_INLINE Floats load_bytes(const std::uint8_t* from) {
    return _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))));
}
KAOMON_INLINE void store(float* to, Floats y) {
    _mm512_storeu_ps(to, y);
}
KAOMON_INLINE void store(float* to, Floats y, Lanes lanes) {
    _mm512_mask_storeu_ps(to, lanes, y);
}
KAOMON_INLINE Floats add(Floats a, Floats b) {
    return _mm512_add_ps(a, b);
}
// a plus the numbers at `from`, in these lanes.
KAOMON_INLINE Floats add(Floats a, const float* from, Lanes lanes) {
    return _mm512_mask_add_ps(a, lanes, a, load(from, lanes));
}
KAOMON_INLINE Floats multiply_add(Floats a, Floats b, Floats sum) {
    return _mm512_fmadd_ps(a, b, sum);
}
KAOMON_INLINE Floats multiply_subtract(Floats a, Floats b, Floats sum) {
    return _mm512_fnmadd_ps(a, b, sum);
}
KAOMON_INLINE Floats smaller(Floats a, Floats b) {
    return _mm512_min_ps(a, b);
}
KAOMON_INLINE Floats larger(Floats a, Floats b) {
    return _mm512_max_ps(a, b);
}
KAOMON_INLINE Integers pairs_in(Floats pairs) {
    return _mm512_castps_si512(pairs);
}
KAOMON_INLINE Floats as_floats(Integers whole) {
    return _mm512_cvtepi32_ps(whole);
}
// Rounded, as 16-bit integers in the place of half as many floats.
KAOMON_INLINE void store_pairs(float* to, Floats y, Lanes lanes) {
    _mm512_mask_cvtepi32_storeu_epi16(to, lanes, _mm512_cvtps_epi32(y));
}

} // namespace
} // namespace kaomon::face::engine
