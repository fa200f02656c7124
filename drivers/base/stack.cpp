#include "drivers/base/stack.hpp"

#include "drivers/base/secret.hpp"

#include <array>

namespace kaomon {
namespace {

constexpr std::size_t reach = 256 * 1024; // bytes

[[gnu::noinline]] void wipe_below() noexcept {
    std::array<unsigned char, reach> below; // NOLINT(cppcoreguidelines-init-variables): zeroed next
    wipe(below.data(), below.size());
}

#ifdef __x86_64__
[[gnu::noinline, gnu::target("avx512f")]] void wipe_upper_registers() noexcept {
    asm volatile("vpxorq %%zmm16, %%zmm16, %%zmm16\n\tvpxorq %%zmm17, %%zmm17, %%zmm17\n\t"
                 "vpxorq %%zmm18, %%zmm18, %%zmm18\n\tvpxorq %%zmm19, %%zmm19, %%zmm19\n\t"
                 "vpxorq %%zmm20, %%zmm20, %%zmm20\n\tvpxorq %%zmm21, %%zmm21, %%zmm21\n\t"
                 "vpxorq %%zmm22, %%zmm22, %%zmm22\n\tvpxorq %%zmm23, %%zmm23, %%zmm23\n\t"
                 "vpxorq %%zmm24, %%zmm24, %%zmm24\n\tvpxorq %%zmm25, %%zmm25, %%zmm25\n\t"
                 "vpxorq %%zmm26, %%zmm26, %%zmm26\n\tvpxorq %%zmm27, %%zmm27, %%zmm27\n\t"
                 "vpxorq %%zmm28, %%zmm28, %%zmm28\n\tvpxorq %%zmm29, %%zmm29, %%zmm29\n\t"
                 "vpxorq %%zmm30, %%zmm30, %%zmm30\n\tvpxorq %%zmm31, %%zmm31, %%zmm31" ::
                     : "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23", "xmm24",
                       "xmm25", "xmm26", "xmm27", "xmm28", "xmm29", "xmm30", "xmm31");
}

[[gnu::noinline, gnu::target("avx")]] void wipe_registers() noexcept {
    asm volatile("vzeroall" ::
                     : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",
                       "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
}
#endif

} // namespace

void wipe_stack() noexcept {
    wipe_below();
#ifdef __x86_64__ // elsewhere the C library's own copies pass through the registers soon
    if (__builtin_cpu_supports("avx512f"))
        wipe_upper_registers();
    if (__builtin_cpu_supports("avx"))
        wipe_registers();
#endif
}

} // namespace kaomon
