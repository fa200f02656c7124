#include "daemon/session/waiting_line.hpp"

#include <gtest/gtest.h>

namespace kaomon::session {
namespace {

using namespace std::chrono_literals;
const Instant start{1h};

TEST(WaitingLine, FirstComeFirstServed) {
    WaitingLine line;
    EXPECT_TRUE(line.next(1, start)) << "nobody waits";
    EXPECT_EQ(line.stand(2, start), 1U);
    EXPECT_EQ(line.stand(3, start), 2U);
    EXPECT_EQ(line.stand(2, start + 1s), 1U) << "who asks often stands no better";
    EXPECT_FALSE(line.next(1, start + 1s));
    EXPECT_FALSE(line.next(3, start + 1s));
    EXPECT_TRUE(line.next(2, start + 1s));
    EXPECT_EQ(line.stand(2, start + 1s), 2U) << "and then at the end again";
    EXPECT_TRUE(line.next(3, start + 1s));
}

TEST(WaitingLine, WhoDoesNotComeAgainHasLeft) {
    WaitingLine line;
    line.stand(2, start);
    line.stand(3, start + 2s);
    EXPECT_FALSE(line.next(3, start + 3s));
    EXPECT_TRUE(line.next(3, start + 3001ms));
}

TEST(WaitingLine, KnowsHowLongOthersWait) {
    WaitingLine line;
    EXPECT_EQ(line.waited_by_others(1, start), 0ms);
    line.stand(1, start);
    EXPECT_EQ(line.waited_by_others(1, start + 1s), 0ms) << "oneself";
    for (int s = 0; s <= 10; ++s)
        line.stand(2, start + std::chrono::seconds(s));
    EXPECT_EQ(line.waited_by_others(1, start + 10s), 10s);
    EXPECT_EQ(line.waited_by_others(1, start + 14s), 0ms) << "they have left";
}

TEST(WaitingLine, HasAnEnd) {
    WaitingLine line;
    for (uid_t user = 0; user < 1000; ++user)
        EXPECT_EQ(line.stand(user, start), std::min<std::size_t>(user, most_waiting) + 1);
    EXPECT_TRUE(line.next(0, start));
}

} // namespace
} // namespace kaomon::session
