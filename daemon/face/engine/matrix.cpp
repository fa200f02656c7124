// A vector times a matrix, and what rows of numbers need before and after.
#include "daemon/face/engine/registers.hpp"

#include <algorithm>

namespace kaomon::face::engine {

bool has_kernels() noexcept {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

KAOMON_VECTOR void multiply(const float* source, const Window& window, const float* weights, float* sum) {
    constexpr int vectors = matrix_panel / lanes;
    __m256 sums[vectors];
#pragma GCC unroll 8
    for (int v = 0; v < vectors; ++v)
        sums[v] = _mm256_setzero_ps();
    for (std::size_t row = 0; row < window.rows; ++row, source += window.row) {
        for (std::size_t k = 0; k < window.length; ++k, weights += matrix_panel) {
            const __m256 number = _mm256_broadcast_ss(source + k);
#pragma GCC unroll 8
            for (int v = 0; v < vectors; ++v)
                sums[v] = _mm256_fmadd_ps(
                    number, _mm256_loadu_ps(weights + static_cast<std::size_t>(v) * lanes), sums[v]);
        }
    }
#pragma GCC unroll 8
    for (int v = 0; v < vectors; ++v)
        _mm256_storeu_ps(sum + static_cast<std::size_t>(v) * lanes, sums[v]);
}

KAOMON_VECTOR void multiply(const float* source, std::size_t count, std::size_t block,
                            const std::int8_t* weights, const float* scale, const float* zero, float* sum) {
    constexpr int vectors = matrix_panel / lanes;
    __m256 total[vectors];
#pragma GCC unroll 8
    for (int v = 0; v < vectors; ++v)
        total[v] = _mm256_setzero_ps();
    for (std::size_t begin = 0; begin < count; begin += block, scale += matrix_panel, zero += matrix_panel) {
        const std::size_t end = std::min(begin + block, count);
        __m256 sums[vectors];
#pragma GCC unroll 8
        for (int v = 0; v < vectors; ++v)
            sums[v] = _mm256_setzero_ps();
        __m256 all = _mm256_setzero_ps(); // the sum of the numbers: what the zero point is worth
        for (std::size_t k = begin; k < end; ++k, weights += matrix_panel) {
            const __m256 number = _mm256_broadcast_ss(source + k);
            all = _mm256_add_ps(all, number);
#pragma GCC unroll 8
            for (int v = 0; v < vectors; ++v) {
                const auto* eight =
                    reinterpret_cast<const __m128i*>(weights + static_cast<std::size_t>(v) * lanes);
                const __m256 weight = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64(eight)));
                sums[v] = _mm256_fmadd_ps(number, weight, sums[v]);
            }
        }
#pragma GCC unroll 8
        for (int v = 0; v < vectors; ++v) {
            const std::size_t at = static_cast<std::size_t>(v) * lanes;
            total[v] = _mm256_fmadd_ps(sums[v], _mm256_loadu_ps(scale + at), total[v]);
            total[v] = _mm256_fnmadd_ps(all, _mm256_loadu_ps(zero + at), total[v]);
        }
    }
#pragma GCC unroll 8
    for (int v = 0; v < vectors; ++v)
        _mm256_storeu_ps(sum + static_cast<std::size_t>(v) * lanes, total[v]);
}

KAOMON_VECTOR void finish_row(const float* sum, const Finish& finish, const float* residual,
                              std::size_t residual_count, float* target, std::size_t count) {
    for (std::size_t c = 0; c < count; c += lanes) {
        __m256 y = _mm256_add_ps(_mm256_loadu_ps(sum + c), _mm256_loadu_ps(finish.bias + c));
        if (residual && c < residual_count)
            y = _mm256_add_ps(y, _mm256_loadu_ps(residual + c));
        _mm256_storeu_ps(target + c, activated(y, _mm256_loadu_ps(finish.slopes + c)));
    }
}

KAOMON_VECTOR void widen_row(const std::uint8_t* values, std::size_t count, float factor, float offset,
                             float* target) {
    const __m256 factors = _mm256_set1_ps(factor);
    const __m256 offsets = _mm256_set1_ps(offset);
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        const __m128i eight = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(values + i));
        const __m256 number = _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(eight));
        _mm256_storeu_ps(target + i, _mm256_fmadd_ps(number, factors, offsets));
    }
    for (; i < count; ++i)
        target[i] = static_cast<float>(values[i]) * factor + offset;
}

} // namespace kaomon::face::engine
