#include "daemon/screen/light_run.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace kaomon::screen {
namespace {

constexpr Instant begin{std::chrono::seconds(5)};

TEST(LightRun, GoesFromColourToColourAsTheScreenAnswers) {
    const Light& light = drawn_light(7);
    LightRun run(light, 13);
    Instant now = begin;
    for (std::size_t i = 0; i < light_steps; ++i) {
        EXPECT_FALSE(run.complete());
        const auto step = run.send(now);
        EXPECT_EQ(step.number, 13 + static_cast<int>(i));
        EXPECT_EQ(step.colour, light[i]);
        EXPECT_FALSE(run.answered());
        EXPECT_EQ(run.due(), now + patience);
        now += Milliseconds(20);
        EXPECT_TRUE(run.shown(step.number, now));
        EXPECT_EQ(run.so_far().back().since, now);
        EXPECT_EQ(run.so_far().back().colour, light[i]);
        EXPECT_EQ(run.due(), now + stands);
        now = run.due();
    }
    EXPECT_TRUE(run.complete());
    EXPECT_EQ(run.last_number(), 18);
}

TEST(LightRun, TakesOnlyTheStepItWaitsForAndOnlyInTime) {
    LightRun run(drawn_light(1), 1);
    EXPECT_FALSE(run.shown(1, begin)) << "nothing was sent";
    run.send(begin);
    EXPECT_FALSE(run.shown(0, begin));
    EXPECT_FALSE(run.shown(2, begin)) << "a screen does not run ahead";
    EXPECT_FALSE(run.shown(1, begin + patience + Milliseconds(1)));
    EXPECT_TRUE(run.shown(1, begin + patience));
    EXPECT_FALSE(run.shown(1, begin + patience)) << "once";
}

// However long messages take, and wherever between sending and answer the colour really appears.
TEST(LightRun, NeverMoreThanTwoChangesInASecond) {
    std::mt19937 random(1);
    std::uniform_int_distribution<int> any(0, 399);
    for (int trial = 0; trial < 1000; ++trial) {
        LightRun run(drawn_light(random()), 1);
        std::vector<Instant> changes;
        Instant now = begin;
        while (!run.complete()) {
            const auto step = run.send(now);
            const Milliseconds answer(any(random));
            changes.push_back(now + answer * any(random) / 399);
            ASSERT_TRUE(run.shown(step.number, now + answer));
            now = run.due() + Milliseconds(any(random) / 50);
        }
        changes.push_back(now); // back to the view
        for (std::size_t i = 2; i < changes.size(); ++i)
            ASSERT_GE(changes[i] - changes[i - 2], Milliseconds(1000)) << "three in less than a second";
    }
}

} // namespace
} // namespace kaomon::screen
