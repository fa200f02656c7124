// A row of a depthwise convolution, and of a maximum over windows.
#include "daemon/face/engine/registers.hpp"

namespace kaomon::face::engine {
namespace {

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

} // namespace kaomon::face::engine
