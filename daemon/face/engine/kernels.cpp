// Loops over registers are unrolled by pragma: otherwise GCC 12 keeps the sums of a tile in memory and runs
// at a third of the speed. Functions carry the target attribute one by one, so that no code shared with the
// rest of the program (an inline function of the standard library, say) is compiled for a CPU that may not be
// there.
#include "daemon/face/engine/kernels.hpp"

#include <immintrin.h>

#include <algorithm>
#include <array>

#define KAOMON_VECTOR [[gnu::target("avx2,fma")]]
#define KAOMON_INLINE [[gnu::target("avx2,fma"), gnu::always_inline]] inline

namespace kaomon::face::engine {
namespace {

constexpr std::size_t lanes = 8;

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

// ---- convolution ----

// What the sums of a tile are.
struct Floats {
    using Sum = __m256;
    KAOMON_INLINE static Sum begin(const float* bias) { return _mm256_loadu_ps(bias); }
    KAOMON_INLINE static Sum add(Sum sum, __m256 number, __m256 weight) {
        return _mm256_fmadd_ps(number, weight, sum);
    }
    KAOMON_INLINE static __m256 end(Sum sum, const float*, const float*, std::size_t) { return sum; }
};
struct Pairs {
    using Sum = __m256i;
    KAOMON_INLINE static Sum begin(const float*) { return _mm256_setzero_si256(); }
    KAOMON_INLINE static Sum add(Sum sum, __m256 number, __m256 weight) {
        return _mm256_add_epi32(sum,
                                _mm256_madd_epi16(_mm256_castps_si256(number), _mm256_castps_si256(weight)));
    }
    KAOMON_INLINE static __m256 end(Sum sum, const float* scale, const float* bias, std::size_t channel) {
        return _mm256_fmadd_ps(_mm256_cvtepi32_ps(sum), _mm256_loadu_ps(scale + channel),
                               _mm256_loadu_ps(bias + channel));
    }
};

// Floats: the weights of a deep layer come from the third-level cache, farther away than the CPU looks ahead
// by itself.
constexpr std::size_t prefetch_distance = 1024;

// Pixels at `at` ... `at` + Pixels - 1 of the band.
template<class Numbers, int Pixels, int Vectors>
KAOMON_VECTOR void tile(const Band& band, std::size_t at, const Window& window, const float* weights,
                        const float* scale, std::size_t channel, const Finish& finish) {
    typename Numbers::Sum sum[Pixels][Vectors];
    const float* source[Pixels];
#pragma GCC unroll 8
    for (int p = 0; p < Pixels; ++p) {
        source[p] = band.source[at + static_cast<std::size_t>(p)];
#pragma GCC unroll 4
        for (int v = 0; v < Vectors; ++v)
            sum[p][v] = Numbers::begin(finish.bias + channel + static_cast<std::size_t>(v) * lanes);
    }
    for (std::size_t row = 0; row < window.rows; ++row) {
        for (std::size_t k = 0; k < window.length; ++k) {
            __m256 weight[Vectors];
#pragma GCC unroll 4
            for (int v = 0; v < Vectors; ++v)
                weight[v] = _mm256_loadu_ps(weights + static_cast<std::size_t>(v) * lanes);
            _mm_prefetch(reinterpret_cast<const char*>(weights + prefetch_distance), _MM_HINT_T0);
            weights += static_cast<std::size_t>(Vectors) * lanes;
#pragma GCC unroll 8
            for (int p = 0; p < Pixels; ++p) {
                const __m256 number = _mm256_broadcast_ss(source[p] + k);
#pragma GCC unroll 4
                for (int v = 0; v < Vectors; ++v)
                    sum[p][v] = Numbers::add(sum[p][v], number, weight[v]);
            }
        }
#pragma GCC unroll 8
        for (int p = 0; p < Pixels; ++p)
            source[p] += window.row;
    }
#pragma GCC unroll 4
    for (int v = 0; v < Vectors; ++v) {
        const std::size_t first = channel + static_cast<std::size_t>(v) * lanes;
        const __m256 slope = _mm256_loadu_ps(finish.slopes + first);
        const bool residual = band.residual && first < band.residual_channels;
#pragma GCC unroll 8
        for (int p = 0; p < Pixels; ++p) {
            const std::size_t pixel = at + static_cast<std::size_t>(p);
            __m256 y = Numbers::end(sum[p][v], scale, finish.bias, first);
            if (residual)
                y = _mm256_add_ps(y, _mm256_loadu_ps(band.residual[pixel] + first));
            _mm256_storeu_ps(band.target[pixel] + first, activated(y, slope));
        }
    }
}

using Tile = void (*)(const Band&, std::size_t, const Window&, const float*, const float*, std::size_t,
                      const Finish&);

// By vectors of a panel and pixels of a tile: as many sums as the sixteen registers hold.
template<class N>
constexpr std::array<std::array<Tile, 9>, 4> tiles{{
    {},
    {nullptr, tile<N, 1, 1>, tile<N, 2, 1>, tile<N, 3, 1>, tile<N, 4, 1>, tile<N, 5, 1>, tile<N, 6, 1>,
     tile<N, 7, 1>, tile<N, 8, 1>},
    {nullptr, tile<N, 1, 2>, tile<N, 2, 2>, tile<N, 3, 2>, tile<N, 4, 2>, tile<N, 5, 2>, tile<N, 6, 2>},
    {nullptr, tile<N, 1, 3>, tile<N, 2, 3>, tile<N, 3, 3>, tile<N, 4, 3>},
}};
constexpr std::array<std::size_t, 4> most_pixels{0, 8, 6, 4};

// ---- depthwise ----

// 3 x 3: the weights of a vector of channels are loaded once for Pixels outputs, a column of the source once
// for all outputs that see it.
template<int Pixels, int Stride, bool Integers>
KAOMON_INLINE void depthwise_tile(const DepthwiseRow& row, const float* source, float* target) {
    constexpr int columns = (Pixels - 1) * Stride + 3;
    for (std::size_t c = 0; c < row.channels; c += lanes) {
        __m256 sum[Pixels];
#pragma GCC unroll 8
        for (int p = 0; p < Pixels; ++p)
            sum[p] = _mm256_loadu_ps(row.finish.bias + c);
#pragma GCC unroll 4
        for (int y = 0; y < 3; ++y) {
            const float* line = source + static_cast<std::size_t>(y) * row.row + c;
            __m256 weight[3];
#pragma GCC unroll 4
            for (int x = 0; x < 3; ++x)
                weight[x] =
                    _mm256_loadu_ps(row.weights + static_cast<std::size_t>(y * 3 + x) * row.channels + c);
#pragma GCC unroll 16
            for (int column = 0; column < columns; ++column) {
                const __m256 number = _mm256_loadu_ps(line + static_cast<std::size_t>(column) * row.pixel);
#pragma GCC unroll 8
                for (int p = 0; p < Pixels; ++p) {
                    const int x = column - p * Stride;
                    if (x >= 0 && x < 3)
                        sum[p] = _mm256_fmadd_ps(number, weight[x], sum[p]);
                }
            }
        }
        const __m256 slope = _mm256_loadu_ps(row.finish.slopes + c);
#pragma GCC unroll 8
        for (int p = 0; p < Pixels; ++p) {
            float* const pixel = target + static_cast<std::size_t>(p) * row.target_pixel;
            if constexpr (Integers)
                store_pairs(pixel + c / 2, activated(sum[p], slope));
            else
                _mm256_storeu_ps(pixel + c, activated(sum[p], slope));
        }
    }
}

template<int Stride, bool Integers>
KAOMON_VECTOR void depthwise_3x3(const DepthwiseRow& row) {
    constexpr std::size_t step = 4;
    std::size_t x = 0;
    for (; x + step <= row.width; x += step)
        depthwise_tile<step, Stride, Integers>(row, row.source + x * Stride * row.pixel,
                                               row.target + x * row.target_pixel);
    for (; x + 2 <= row.width; x += 2)
        depthwise_tile<2, Stride, Integers>(row, row.source + x * Stride * row.pixel,
                                            row.target + x * row.target_pixel);
    for (; x < row.width; ++x)
        depthwise_tile<1, Stride, Integers>(row, row.source + x * Stride * row.pixel,
                                            row.target + x * row.target_pixel);
}

KAOMON_VECTOR void depthwise_any(const DepthwiseRow& row) {
    for (std::size_t x = 0; x < row.width; ++x) {
        for (std::size_t c = 0; c < row.channels; c += lanes) {
            __m256 sum = _mm256_loadu_ps(row.finish.bias + c);
            for (std::size_t i = 0; i < row.kernel_height; ++i) {
                for (std::size_t j = 0; j < row.kernel_width; ++j) {
                    const float* number = row.source + i * row.row + (x * row.stride + j) * row.pixel + c;
                    const float* weight = row.weights + (i * row.kernel_width + j) * row.channels + c;
                    sum = _mm256_fmadd_ps(_mm256_loadu_ps(number), _mm256_loadu_ps(weight), sum);
                }
            }
            const __m256 y = activated(sum, _mm256_loadu_ps(row.finish.slopes + c));
            float* const pixel = row.target + x * row.target_pixel;
            if (row.pairs)
                store_pairs(pixel + c / 2, y);
            else
                _mm256_storeu_ps(pixel + c, y);
        }
    }
}

} // namespace

bool has_kernels() noexcept {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

void convolve(const Band& band, const Window& window, const float* weights, const float* scale,
              std::size_t vectors, std::size_t channel, const Finish& finish) {
    const auto& by_pixels = scale ? tiles<Pairs>[vectors] : tiles<Floats>[vectors];
    // Tiles of about the same size: one pixel left over would cost as much as four.
    const std::size_t count = (band.count + most_pixels[vectors] - 1) / most_pixels[vectors];
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t begin = band.count * i / count;
        const std::size_t end = band.count * (i + 1) / count;
        by_pixels[end - begin](band, begin, window, weights, scale, channel, finish);
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
        for (std::size_t c = 0; c < row.channels; c += lanes) {
            __m256 most = _mm256_loadu_ps(window + c);
            for (std::size_t i = 0; i < row.kernel_height; ++i) {
                for (std::size_t j = 0; j < row.kernel_width; ++j)
                    most = _mm256_max_ps(most, _mm256_loadu_ps(window + i * row.row + j * row.pixel + c));
            }
            _mm256_storeu_ps(row.target + x * row.target_pixel + c, most);
        }
    }
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
