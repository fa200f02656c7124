#include "daemon/config/spelling.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace kaomon::config {
namespace {

constexpr std::array<std::string_view, 4> words{"path", "group", "deadline_ms", "verify_users"};

TEST(Spelling, FindsSlipsOfTheFinger) {
    EXPECT_EQ(nearest("pahts", words), "path");
    EXPECT_EQ(nearest("grop", words), "group");
    EXPECT_EQ(nearest("deadline", words), "deadline_ms");
    EXPECT_EQ(nearest("verify-user", words), "verify_users");
}

TEST(Spelling, GuessesNothingFarFetched) {
    EXPECT_EQ(nearest("xyz", words), "");
    EXPECT_EQ(nearest("", words), "");
    EXPECT_EQ(nearest("pa", words), "");
    EXPECT_EQ(nearest("colour", words), "");
    EXPECT_EQ(nearest(std::string(100'000, 'p'), words), "");
    EXPECT_EQ(nearest("path", {}), "");
}

} // namespace
} // namespace kaomon::config
