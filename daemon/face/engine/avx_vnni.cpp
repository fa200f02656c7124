// AVX2, FMA and AVX-VNNI: what multiplies integers, the rest is that of AVX2.
#define KAOMON_TARGET "avx2,fma,avxvnni"
#define KAOMON_BITS 256

#include "daemon/face/engine/convolution.hpp"
#include "daemon/face/engine/instruction_sets.hpp"

namespace kaomon::face::engine {
namespace {

// By hand: see avx512.cpp. "vex": not the form of AVX-512.
struct Vpdpwssd {
    KAOMON_INLINE static Integers add(Integers a, Integers b, Integers sum) {
        asm("%{vex%} vpdpwssd %2, %1, %0" : "+x"(sum) : "x"(a), "x"(b));
        return sum;
    }
};

} // namespace

const Kernels& avx_vnni_kernels() noexcept {
    static const Kernels kernels = [] {
        Kernels changed = avx2_kernels();
        changed.convolve_pairs = convolve<PairSum<Vpdpwssd>>;
        return changed;
    }();
    return kernels;
}

} // namespace kaomon::face::engine
