#include "drivers/base/spelling.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace kaomon {
namespace {

constexpr std::array<std::string_view, 4> words{"path", "group", "deadline_ms", "verify_users"};

TEST(EditDistance, CountsWhatIsInsertedRemovedOrChanged) {
    EXPECT_EQ(edit_distance("", ""), 0u);
    EXPECT_EQ(edit_distance("", "abc"), 3u);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
    EXPECT_EQ(edit_distance("sitting", "kitten"), 3u);
    EXPECT_EQ(edit_distance("deadline", "deadlne"), 1u);
    EXPECT_EQ(edit_distance("ab", "ba"), 2u) << "two letters that changed places are two changes";
}

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
} // namespace kaomon
