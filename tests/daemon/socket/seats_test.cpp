#include "daemon/socket/limits.hpp"
#include "daemon/socket/seats.hpp"

#include <gtest/gtest.h>

namespace kaomon::socket {
namespace {

constexpr uid_t one = 1001, other = 1002;
const Instant start{Milliseconds(1'000'000)};

std::optional<Reason> taken(Seats& seats, uid_t user, bool trusted = false, Instant now = start) {
    const auto refused = seats.take(user, trusted, now);
    return refused ? std::optional(refused->reason) : std::nullopt;
}

TEST(Seats, AUserHasSoManyAndLeavesTheRest) {
    Seats seats;
    for (std::size_t i = 0; i < max_clients_of_user; ++i)
        EXPECT_EQ(taken(seats, one), std::nullopt);
    EXPECT_EQ(taken(seats, one), Reason::too_many_clients);
    EXPECT_EQ(taken(seats, other), std::nullopt);
    seats.leave(one);
    EXPECT_EQ(taken(seats, one), std::nullopt);
}

TEST(Seats, TheReserveIsForRootAndTheRunningSession) {
    Seats seats;
    for (std::size_t i = 0; i < max_clients - reserved_clients; ++i)
        ASSERT_EQ(taken(seats, static_cast<uid_t>(2000 + i)), std::nullopt);
    EXPECT_EQ(taken(seats, one), Reason::too_many_clients);
    for (std::size_t i = 0; i < reserved_clients; ++i)
        EXPECT_EQ(taken(seats, one, true), std::nullopt);
    EXPECT_EQ(taken(seats, 0, true), Reason::too_many_clients) << "none is left";
}

TEST(Seats, EachFaultDoublesTheWaitUpToTenSeconds) {
    Seats seats;
    Instant now = start;
    Milliseconds expected{100};
    for (int i = 0; i < 12; ++i) {
        seats.disturbed(one, now);
        const auto refused = seats.take(one, false, now);
        ASSERT_TRUE(refused);
        EXPECT_EQ(refused->reason, Reason::caller_slowed);
        EXPECT_EQ(refused->wait, expected);
        EXPECT_EQ(taken(seats, one, true, now), std::nullopt) << "its running session goes on";
        seats.leave(one);
        EXPECT_EQ(taken(seats, other, false, now), std::nullopt);
        seats.leave(other);
        now += expected;
        EXPECT_EQ(taken(seats, one, false, now), std::nullopt) << "waited";
        seats.leave(one);
        expected = std::min(Milliseconds(10'000), 2 * expected);
    }
    now += Milliseconds(61'000);
    seats.disturbed(one, now);
    EXPECT_EQ(seats.take(one, false, now)->wait, Milliseconds(100)) << "forgotten";
}

TEST(Seats, AConnectionThatSpeaksForAnotherIsCountedThere) {
    Seats seats;
    const session::Caller peer(one, "reception");
    ASSERT_EQ(taken(seats, one), std::nullopt);
    EXPECT_FALSE(seats.move(one, peer, false, start));
    for (std::size_t i = 0; i < max_clients_of_user; ++i)
        ASSERT_EQ(taken(seats, one), std::nullopt) << "its old seat is free";
    seats.leave(one);
    for (std::size_t i = 1; i < max_clients_of_user; ++i) {
        ASSERT_FALSE(seats.move(one, peer, false, start));
        ASSERT_EQ(taken(seats, one), std::nullopt);
    }
    EXPECT_EQ(seats.move(one, peer, false, start)->reason, Reason::too_many_clients);
    EXPECT_EQ(taken(seats, other), std::nullopt);
}

TEST(Seats, WhoNeverCameCannotLeave) {
    Seats seats;
    seats.leave(one);
    for (std::size_t i = 0; i < max_clients_of_user; ++i)
        EXPECT_EQ(taken(seats, one), std::nullopt);
    EXPECT_EQ(taken(seats, one), Reason::too_many_clients);
}

} // namespace
} // namespace kaomon::socket
