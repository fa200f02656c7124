#include "drivers/card/pcsc/clients.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::pcsc {
namespace {

TEST(Describe, NamesWhoIsKnownAndNoMore) {
    EXPECT_EQ(describe({{{812, "pcsc_scan"}}, 2, 0}), "held by pcsc_scan (process 812)");
    EXPECT_EQ(describe({{{812, "a"}, {813, "b"}}, 3, 0}), "held by one of: a (process 812), b (process 813)");
    EXPECT_EQ(describe({{{812, "a"}}, 3, 1}),
              "held by one of: a (process 812), or another that the kernel does not tell");
    EXPECT_EQ(describe({{}, 2, 0}), "held by this program itself");
    EXPECT_TRUE(describe({{}, 2, 1}).contains("the kernel does not tell this user"));
    EXPECT_TRUE(describe({{}, 0, 0}).contains("the kernel does not tell this user"));
}

} // namespace
} // namespace kaomon::card::pcsc
