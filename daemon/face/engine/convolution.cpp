// A panel of a convolution over a band of pixels.
#include "daemon/face/engine/registers.hpp"
#include "daemon/face/engine/whole_range.hpp"

#include <algorithm>
#include <array>

namespace kaomon::face::engine {
namespace {

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

// look_at() has seen to its ranges. Pixels at `at` ... `at` + Pixels - 1 of the band.
template<class Numbers, int Pixels, int Vectors>
KAOMON_VECTOR __attribute__((no_sanitize("address", "undefined"))) void
tile(const Band& band, std::size_t at, const Window& window, const float* weights, const float* scale,
     std::size_t channel, const Finish& finish) {
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

void look_at(const Band& band, const Window& window, const float* weights, std::size_t vectors,
             std::size_t channel) {
    whole_range(weights, window.rows * window.length * vectors * lanes);
    for (std::size_t at = 0; at < band.count; ++at) {
        for (std::size_t row = 0; row < window.rows; ++row)
            whole_range(band.source[at] + row * window.row, window.length);
        whole_range(band.target[at] + channel, vectors * lanes);
        if (band.residual && channel < band.residual_channels)
            whole_range(band.residual[at] + channel,
                        std::min(vectors * lanes, band.residual_channels - channel));
    }
}

} // namespace

void convolve(const Band& band, const Window& window, const float* weights, const float* scale,
              std::size_t vectors, std::size_t channel, const Finish& finish) {
    look_at(band, window, weights, vectors, channel);
    const auto& by_pixels = scale ? tiles<Pairs>[vectors] : tiles<Floats>[vectors];
    // Tiles of about the same size: one pixel left over would cost as much as four.
    const std::size_t count = (band.count + most_pixels[vectors] - 1) / most_pixels[vectors];
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t begin = band.count * i / count;
        const std::size_t end = band.count * (i + 1) / count;
        by_pixels[end - begin](band, begin, window, weights, scale, channel, finish);
    }
}

} // namespace kaomon::face::engine
