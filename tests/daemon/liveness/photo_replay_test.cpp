#include "daemon/liveness/photo_replay.hpp"

#include <gtest/gtest.h>

namespace kaomon::liveness {
namespace {

TEST(PhotoReplay, NeedsBothTheSameStructureAndTheSameGeometry) {
    EXPECT_EQ(photo_replay({.correlation = 0.92F, .apart = 0.02F}).outcome, Outcome::fail);
    EXPECT_EQ(photo_replay({.correlation = 0.92F, .apart = 0.2F}).outcome, Outcome::pass);
    EXPECT_EQ(photo_replay({.correlation = 0.5F, .apart = 0.02F}).outcome, Outcome::pass);
    EXPECT_LT(photo_replay({.correlation = 0.92F, .apart = 0.02F}).margin, 0);
    EXPECT_GT(photo_replay({.correlation = 0.5F, .apart = 0.02F}).margin, 0);
}

TEST(PhotoReplay, NothingToCompareIsNoAnswer) {
    EXPECT_FALSE(compare({}, {}));
    EXPECT_TRUE(portrait_of({}, {}).empty());
}

} // namespace
} // namespace kaomon::liveness
