// AVX2 and FMA.
#define KAOMON_TARGET "avx2,fma"
#define KAOMON_BITS 256

#include "daemon/face/engine/every_kernel.hpp"
#include "daemon/face/engine/instruction_sets.hpp"

namespace kaomon::face::engine {
namespace {

struct Vpmaddwd {
    KAOMON_INLINE static Integers add(Integers a, Integers b, Integers sum) {
        return _mm256_add_epi32(sum, _mm256_madd_epi16(a, b));
    }
};

} // namespace

const Kernels& avx2_kernels() noexcept {
    static constexpr Kernels kernels = every_kernel<Vpmaddwd>();
    return kernels;
}

} // namespace kaomon::face::engine
