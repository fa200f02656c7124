// AVX-512 with VNNI.
#define KAOMON_TARGET "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"
#define KAOMON_BITS 512

#include "daemon/face/engine/convolution.hpp"
#include "daemon/face/engine/depthwise.hpp"
#include "daemon/face/engine/instruction_sets.hpp"
#include "daemon/face/engine/matrix.hpp"

namespace kaomon::face::engine {
namespace {

// By hand: GCC 12 moves the sums of its own function from register to register and out of them.
struct Vpdpwssd {
    KAOMON_INLINE static Integers add(Integers a, Integers b, Integers sum) {
        asm("vpdpwssd %2, %1, %0" : "+v"(sum) : "v"(a), "v"(b));
        return sum;
    }
};

} // namespace

const Kernels& avx512_kernels() noexcept {
    static constexpr Kernels kernels{
        .vector = lanes_of_vector,
        .convolve = convolve<FloatSum>,
        .convolve_pairs = convolve<PairSum<Vpdpwssd>>,
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
