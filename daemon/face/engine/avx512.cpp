// AVX-512 with VNNI.
#define KAOMON_TARGET "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"
#define KAOMON_BITS 512

#include "daemon/face/engine/every_kernel.hpp"
#include "daemon/face/engine/instruction_sets.hpp"

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
    static constexpr Kernels kernels = every_kernel<Vpdpwssd>();
    return kernels;
}

} // namespace kaomon::face::engine
