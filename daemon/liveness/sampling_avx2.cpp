#include "daemon/liveness/sampling.hpp"

#include <immintrin.h>

// Only what follows is compiled for AVX2, function by function: nothing of a header may be, which the linker
// might then take for the rest of the program.
#define KAOMON_AVX2 [[gnu::target("avx2")]]

namespace kaomon::liveness {
namespace {

constexpr int eight = 8;
static_assert(FaceCrop::width % eight == 0);

struct Rgb {
    const std::uint8_t* green; // of the first pixel
    int stride;
    float last_x, last_y;
};

KAOMON_AVX2 inline __m256i pairs(const std::uint8_t* first, __m256i at) {
    return _mm256_i32gather_epi32(reinterpret_cast<const int*>(first), at, 1);
}
KAOMON_AVX2 inline __m256 left_of(__m256i pairs) {
    return _mm256_cvtepi32_ps(_mm256_and_si256(pairs, _mm256_set1_epi32(0xFF)));
}
KAOMON_AVX2 inline __m256 right_of(__m256i pairs) {
    return _mm256_cvtepi32_ps(_mm256_srli_epi32(pairs, 24));
}
KAOMON_AVX2 inline __m256 clamped(__m256 x, float most) {
    return _mm256_min_ps(_mm256_max_ps(x, _mm256_setzero_ps()), _mm256_set1_ps(most));
}
// a + share * (b - a)
KAOMON_AVX2 inline __m256 between(__m256 a, __m256 b, __m256 share) {
    return _mm256_add_ps(a, _mm256_mul_ps(share, _mm256_sub_ps(b, a)));
}

KAOMON_AVX2 inline __m256 at(const Rgb& rgb, __m256 x, __m256 y) {
    x = clamped(x, rgb.last_x);
    y = clamped(y, rgb.last_y);
    const __m256i column = _mm256_cvttps_epi32(x), row = _mm256_cvttps_epi32(y);
    const __m256 right = _mm256_sub_ps(x, _mm256_cvtepi32_ps(column)),
                 lower = _mm256_sub_ps(y, _mm256_cvtepi32_ps(row));
    const __m256i upper_left = _mm256_add_epi32(_mm256_mullo_epi32(row, _mm256_set1_epi32(rgb.stride)),
                                                _mm256_mullo_epi32(column, _mm256_set1_epi32(3)));
    const __m256i upper = pairs(rgb.green, upper_left), below = pairs(rgb.green + rgb.stride, upper_left);
    const __m256 top = between(left_of(upper), right_of(upper), right);
    return between(top, between(left_of(below), right_of(below), right), lower);
}

} // namespace

bool eight_at_once() noexcept {
    return __builtin_cpu_supports("avx2") > 0;
}

KAOMON_AVX2 void sample_by_eight(const Image& picture, const Placement& place, float* levels) {
    const Rgb rgb{picture.pixels.data() + 1, static_cast<int>(picture.stride()),
                  static_cast<float>(picture.width - 1) - 0.01F,
                  static_cast<float>(picture.height - 1) - 0.01F};
    const bool coarse = place.coarse();
    const float a = place.a / 4, b = place.b / 4; // a quarter of a pixel of the crop
    for (int row = 0; row < FaceCrop::height; ++row) {
        const auto v = static_cast<float>(row);
        for (int column = 0; column < FaceCrop::width; column += eight, levels += eight) {
            const __m256 u = _mm256_add_ps(_mm256_set1_ps(static_cast<float>(column)),
                                           _mm256_setr_ps(0, 1, 2, 3, 4, 5, 6, 7));
            const __m256 x = place.a * u - place.b * v + place.x0, y = place.b * u + place.a * v + place.y0;
            const __m256 all = coarse ? (at(rgb, x - a + b, y - b - a) + at(rgb, x + a + b, y + b - a) +
                                         at(rgb, x - a - b, y - b + a) + at(rgb, x + a - b, y + b + a)) /
                                            4
                                      : at(rgb, x, y);
            _mm256_storeu_ps(levels, all);
        }
    }
}

} // namespace kaomon::liveness
