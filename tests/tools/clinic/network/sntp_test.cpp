#include "tools/clinic/network/sntp.hpp"

#include <gtest/gtest.h>

namespace kaomon::network::sntp {
namespace {

using namespace std::chrono;

constexpr std::uint64_t cookie = 0x0123456789ABCDEF;

void put(Bytes& message, std::size_t at, Clock::time_point time) {
    const auto since = duration_cast<seconds>(time.time_since_epoch()).count() + 2'208'988'800;
    for (std::size_t i = 0; i < 4; ++i)
        message[at + i] =
            static_cast<std::uint8_t>(static_cast<std::uint64_t>(since) >> (24 - 8 * i) & 0xFFU);
}

// From a server whose clock shows `server`.
Bytes answer(Clock::time_point server) {
    Bytes message(message_size, 0);
    message[0] = 4U << 3U | 4U;
    message[1] = 2;
    for (std::size_t i = 0; i < 8; ++i)
        message[24 + i] = static_cast<std::uint8_t>(cookie >> (56 - 8 * i) & 0xFFU);
    put(message, 32, server);
    put(message, 40, server);
    return message;
}

const Clock::time_point now = sys_days(2026y / November / 24) + 12h;

TEST(Sntp, TheOffsetIsTheServersLessOurs) {
    const auto read_answer = read(answer(now + 100s), cookie, now, now + 2s);
    ASSERT_TRUE(read_answer);
    EXPECT_NEAR(read_answer->offset.count(), 99, 0.001)
        << "half of the way there and back is not the clock's";
    EXPECT_TRUE(read_answer->synchronised);
}

TEST(Sntp, KnowsTheEraFrom2036On) {
    const Clock::time_point later = sys_days(2040y / January / 1);
    EXPECT_NEAR(read(answer(later), cookie, later, later)->offset.count(), 0, 0.001);
}

TEST(Sntp, IsNoAnswerToAnotherRequest) {
    EXPECT_FALSE(read(answer(now), cookie + 1, now, now));
    EXPECT_FALSE(read(request(cookie), cookie, now, now)) << "a request is no answer";
    const Bytes whole = answer(now);
    EXPECT_FALSE(read(ByteView(whole).first(47), cookie, now, now));
}

TEST(Sntp, TellsAServerThatIsNotSynchronised) {
    Bytes unsynchronised = answer(now);
    unsynchronised[0] |= 3U << 6U;
    EXPECT_FALSE(read(unsynchronised, cookie, now, now)->synchronised);
    Bytes refused = answer(now);
    refused[1] = 0;
    EXPECT_EQ(read(refused, cookie, now, now)->stratum, 0);
}

} // namespace
} // namespace kaomon::network::sntp
