#include "drivers/base/stack.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace kaomon {
namespace {

// The place of a local of a function that has returned, 8 KiB deep. The sanitizer would keep it elsewhere.
__attribute__((noinline, no_sanitize("address"))) const volatile std::uint64_t* leave_a_trace() {
    volatile std::uint64_t local[1024]; // NOLINT(modernize-avoid-c-arrays): an array of volatile
    for (auto& word : local)
        word = 0x1122334455667788;
    auto place = reinterpret_cast<std::uintptr_t>(&local[512]);
    asm volatile("" : "+r"(place)); // the compiler is not to know where it points
    return reinterpret_cast<const volatile std::uint64_t*>(place);
}

__attribute__((no_sanitize("address"))) std::uint64_t read(const volatile std::uint64_t* place) {
    return *place;
}

TEST(Stack, IsWipedBelowTheCaller) {
    const volatile std::uint64_t* place = leave_a_trace();
    EXPECT_EQ(read(place), 0x1122334455667788U) << "the test itself does not work";
    wipe_stack();
    EXPECT_EQ(read(place), 0U);
}

#ifdef __x86_64__
TEST(Stack, VectorRegistersAreWiped) {
    std::array<std::uint64_t, 2> seen{1, 1};
    const std::array<std::uint64_t, 2> secret{0x1122334455667788, 0x99aabbccddeeff00};
    asm volatile("movups %0, %%xmm13" ::"m"(secret) : "xmm13");
    wipe_stack();
    asm volatile("movups %%xmm13, %0" : "=m"(seen));
    EXPECT_EQ(seen, (std::array<std::uint64_t, 2>{0, 0}));
}

// The networks use them where they are there.
__attribute__((target("avx512f"))) void set_upper(const std::array<std::uint64_t, 8>& value) {
    asm volatile("vmovdqu64 %0, %%zmm29" ::"m"(value) : "xmm29");
}
__attribute__((target("avx512f"))) void read_upper(std::array<std::uint64_t, 8>& value) {
    asm volatile("vmovdqu64 %%zmm29, %0" : "=m"(value));
}
TEST(Stack, UpperVectorRegistersAreWiped) {
    if (!__builtin_cpu_supports("avx512f"))
        GTEST_SKIP() << "NOT TESTED: this CPU does not have AVX-512";
    std::array<std::uint64_t, 8> secret{}, seen{};
    secret.fill(0x1122334455667788);
    set_upper(secret);
    read_upper(seen);
    EXPECT_EQ(seen, secret) << "the test itself does not work";
    wipe_stack();
    read_upper(seen);
    EXPECT_EQ(seen, (std::array<std::uint64_t, 8>{}));
}
#endif

} // namespace
} // namespace kaomon
