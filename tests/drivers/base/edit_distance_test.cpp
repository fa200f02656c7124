#include "drivers/base/edit_distance.hpp"

#include <gtest/gtest.h>

namespace kaomon {
namespace {

TEST(EditDistance, CountsWhatIsInsertedRemovedOrChanged) {
    EXPECT_EQ(edit_distance("", ""), 0u);
    EXPECT_EQ(edit_distance("", "abc"), 3u);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
    EXPECT_EQ(edit_distance("sitting", "kitten"), 3u);
    EXPECT_EQ(edit_distance("deadline", "deadlne"), 1u);
    EXPECT_EQ(edit_distance("ab", "ba"), 2u) << "two letters that changed places are two changes";
}

} // namespace
} // namespace kaomon
