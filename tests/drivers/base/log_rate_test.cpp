#include "drivers/base/log_rate.hpp"

#include <gtest/gtest.h>

namespace kaomon {
namespace {

using namespace std::chrono_literals;
const Instant start{1h};

TEST(LogRate, AHundredLinesAtOnceThenTenASecond) {
    LogRate rate;
    int written = 0;
    for (int i = 0; i < 18'000; ++i)
        written += rate.admit("socket", start).write;
    EXPECT_EQ(written, 100);
    for (int i = 0; i < 1800; ++i)
        written += rate.admit("socket", start + 1s).write;
    EXPECT_EQ(written, 110);
}

TEST(LogRate, WhatWasLeftOutIsSaidOnce) {
    LogRate rate;
    for (int i = 0; i < 150; ++i)
        rate.admit("socket", start);
    EXPECT_EQ(rate.admit("socket", start + 1s).left_out, 50U);
    EXPECT_EQ(rate.admit("socket", start + 1s).left_out, 0U);
}

TEST(LogRate, OneTopicDoesNotSilenceAnother) {
    LogRate rate;
    for (int i = 0; i < 1000; ++i)
        rate.admit("socket", start);
    EXPECT_TRUE(rate.admit("camera", start).write);
}

TEST(LogRate, MadeUpTopicsShareOneBudget) {
    LogRate rate;
    int written = 0;
    for (int i = 0; i < 10'000; ++i)
        written += rate.admit("topic " + std::to_string(i), start).write;
    EXPECT_LE(written, 31 + 100);
}

TEST(LogRate, AClockThatStandsStillOrGoesBackGivesNothing) {
    LogRate rate;
    for (int i = 0; i < 100; ++i)
        rate.admit("x", start);
    EXPECT_FALSE(rate.admit("x", start - 1h).write);
}

TEST(LogRate, TheTopicIsTheFirstWord) {
    EXPECT_EQ(topic_of("socket: accept: x"), "socket");
    EXPECT_EQ(topic_of("ready"), "ready");
    EXPECT_EQ(topic_of("session 7f3a: waiting_card"), "session");
    EXPECT_EQ(topic_of(std::string(50, 'a') + ":"), std::string(24, 'a'));
    EXPECT_EQ(topic_of(""), "");
}

} // namespace
} // namespace kaomon
