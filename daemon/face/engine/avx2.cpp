// AVX2 and FMA.
#define KAOMON_TARGET "avx2,fma"
#define KAOMON_BITS 256

#include "daemon/face/engine/convolution.hpp"
#include "daemon/face/engine/depthwise.hpp"
#include "daemon/face/engine/instruction_sets.hpp"
#include "daemon/face/engine/matrix.hpp"

namespace kaomon::face::engine {
namespace {

struct Vpmaddwd {
    KAOMON_INLINE static Integers add(Integers a, Integers b, Integers sum) {
        return _mm256_add_epi32(sum, _mm256_madd_epi16(a, b));
    }
};

} // namespace

const Kernels& avx2_kernels() noexcept {
    static constexpr Kernels kernels{
        .vector = lanes_of_vector,
        .convolve = convolve<FloatSum>,
        .convolve_pairs = convolve<PairSum<Vpmaddwd>>,
        .convolve_depthwise = convolve_depthwise,
        .max_pool = max_pool,
        .multiply = multiply,
        .multiply_eight_bit = multiply_eight_bit,
        .finish_row = finish_row,
        .widen_row = widen_row,
    };
    return kernels;
}

} // namespace kaomon::face::engine
