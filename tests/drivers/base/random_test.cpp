#include "drivers/base/random.hpp"

#include <gtest/gtest.h>

#include <set>

namespace kaomon {
namespace {

TEST(Random, NoTwoDrawsAreAlikeAndEveryBitIsUsed) {
    std::set<std::uint64_t> seen;
    std::uint64_t ones = 0, zeros = 0;
    for (int i = 0; i < 200; ++i) {
        const std::uint64_t bits = random_bits();
        seen.insert(bits);
        ones |= bits;
        zeros |= ~bits;
    }
    EXPECT_EQ(seen.size(), 200U);
    EXPECT_EQ(ones, ~std::uint64_t{0});
    EXPECT_EQ(zeros, ~std::uint64_t{0});
}

} // namespace
} // namespace kaomon
