#include "daemon/session/suspicion.hpp"

#include <gtest/gtest.h>

namespace kaomon::session {
namespace {

using namespace std::chrono_literals;
using Mark = card::mynumber::CardMark;

constexpr Mark one{1}, other{2};
const Instant now{1000s};

TEST(Suspicion, IsTheCardsUntilItsTimeIsOver) {
    Suspicions all;
    all.add(one, Reason::feed_frozen, now + 10s);
    all.add(one, Reason::feed_frozen, now + 20s);
    all.add(one, Reason::chip_not_genuine, now + 20s);
    EXPECT_EQ(all.inherited(one, now), (std::vector{Reason::feed_frozen, Reason::chip_not_genuine}));
    EXPECT_TRUE(all.inherited(other, now).empty());
    EXPECT_EQ(all.inherited(one, now + 19s).size(), 2U);
    EXPECT_TRUE(all.inherited(one, now + 20s).empty());
}

TEST(Suspicion, OfTheDeskFallsOnTheNextCard) {
    Suspicions all;
    all.add(std::nullopt, Reason::feed_spliced, now + 10s);
    EXPECT_EQ(all.inherited(std::nullopt, now).size(), 1U);
    EXPECT_EQ(all.inherited(one, now).size(), 1U);
    EXPECT_TRUE(all.inherited(other, now).empty());
    EXPECT_TRUE(all.inherited(std::nullopt, now).empty());
}

TEST(Suspicion, IsClearedReasonByReason) {
    Suspicions all;
    all.add(one, Reason::feed_frozen, now + 10s);
    all.add(one, Reason::chip_not_genuine, now + 10s);
    all.clear(one, Reason::feed_frozen);
    EXPECT_EQ(all.inherited(one, now), (std::vector{Reason::chip_not_genuine}));
}

TEST(Suspicion, HasAnEnd) {
    Suspicions all;
    all.add(one, Reason::feed_frozen, now + 10s);
    for (int i = 0; i < 64; ++i)
        all.add(other, Reason::feed_frozen, now + 10s);
    EXPECT_TRUE(all.inherited(one, now).empty()) << "the oldest goes";
}

} // namespace
} // namespace kaomon::session
