#include "tools/clinic/network/expectation.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace kaomon::network {
namespace {

TEST(Expectation, TheFourLinesAreDescribedWithTheirSourceAndDay) {
    ASSERT_EQ(built_in().size(), 4U);
    for (const char* line : {"ipvpn-east", "ipvpn-west", "ipsec-router", "ipsec-client"}) {
        const auto found = std::ranges::find(built_in(), line, &Expectation::line);
        ASSERT_NE(found, built_in().end()) << line;
        EXPECT_FALSE(found->source.ja.empty());
        EXPECT_TRUE(found->seen.ok());
        EXPECT_TRUE(found->closed);
        EXPECT_FALSE(found->names.empty());
    }
}

TEST(Expectation, RefusesWhatCannotBe) {
    EXPECT_TRUE(parse("[a]\nnames = [\"x.test\"]\n"));
    for (const char* wrong :
         {"", "a = 1\n", "[a]\ndns = [\"x.test\"]\n", "[a]\nhosts = [\"x.test\"]\n",
          "[a]\nhosts = [\"x.test 0\"]\n", "[a]\nhosts = [\"x.test 65536\"]\n",
          "[a]\nhosts = [\"x.test 80 81\"]\n", "[a]\nfamilies = [\"ipx\"]\n", "[a]\nproxy = \"x test\"\n",
          "[a]\nnames = [\"x/y\"]\n", "[a]\nnames = \"x\"\n", "[a]\nclock_limit = 0\n",
          "[a]\nclock_limit = \"1\"\n", "[a]\nmtu_limit = 100000\n", "[a"})
        EXPECT_FALSE(parse(wrong)) << wrong;
    EXPECT_FALSE(parse(std::string(70'000, '#')));
}

} // namespace
} // namespace kaomon::network
