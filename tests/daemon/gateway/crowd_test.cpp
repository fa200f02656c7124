#include "daemon/gateway/crowd.hpp"
#include "daemon/gateway/limits.hpp"

#include <gtest/gtest.h>

namespace kaomon::gateway {
namespace {

TEST(Crowd, WhoWaitedLongestGoesForANewOne) {
    Crowd crowd;
    const auto first = crowd.come("192.0.2.1");
    for (std::size_t i = 1; i < max_waiting; ++i)
        EXPECT_FALSE(crowd.come("192.0.2.1").instead);
    EXPECT_EQ(crowd.come("192.0.2.1").instead, first.number);
    EXPECT_FALSE(crowd.come("192.0.2.2").instead) << "another address has places of its own";
    EXPECT_EQ(crowd.size(), max_waiting + 1);
}

TEST(Crowd, WhoHasANameIsNotPushedOut) {
    Crowd crowd;
    const auto page = crowd.come("127.0.0.1");
    ASSERT_TRUE(crowd.sit(*page.number, "patient"));
    for (int i = 0; i < 500; ++i) {
        const auto place = crowd.come("127.0.0.1");
        EXPECT_TRUE(place.number);
        EXPECT_NE(place.instead, page.number);
    }
    EXPECT_EQ(crowd.size(), max_waiting + 1);
    EXPECT_TRUE(crowd.sit(*crowd.come("127.0.0.1").number, "patient"));
}

TEST(Crowd, APeerHasSoManyAndNoMore) {
    Crowd crowd;
    Crowd::Number last = 0;
    for (std::size_t i = 0; i < max_sockets_of_peer; ++i)
        EXPECT_TRUE(crowd.sit(last = *crowd.come("127.0.0.1").number, "patient"));
    const auto another = crowd.come("127.0.0.1");
    EXPECT_FALSE(crowd.sit(*another.number, "patient"));
    EXPECT_TRUE(crowd.sit(*another.number, "staff"));
    crowd.leave(last);
    EXPECT_TRUE(crowd.sit(*crowd.come("127.0.0.1").number, "patient"));
}

TEST(Crowd, AllPlacesMayBeTaken) {
    Crowd crowd;
    for (std::size_t i = 0; i < max_connections; ++i)
        ASSERT_TRUE(
            crowd.sit(*crowd.come("192.0.2.1").number, "peer" + std::to_string(i / max_sockets_of_peer)));
    EXPECT_FALSE(crowd.come("127.0.0.1").number);
    EXPECT_EQ(crowd.size(), max_connections);
    Crowd waiting;
    for (std::size_t i = 0; i < max_connections; ++i)
        waiting.come("192.0.2." + std::to_string(i));
    EXPECT_EQ(waiting.come("127.0.0.1").instead, 1U);
    EXPECT_EQ(waiting.size(), max_connections);
    EXPECT_FALSE(waiting.sit(1, "late")) << "it was pushed out";
}

} // namespace
} // namespace kaomon::gateway
