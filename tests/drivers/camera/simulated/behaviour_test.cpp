// What a head does on its own, against the figures of manner.hpp.
#include "drivers/camera/simulated/behaviour.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kaomon::camera::simulated {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double hundredths = 100; // samples a second

// Half of the way from the lowest to the highest value in that time.
double amplitude(const Behaviour& behaviour, double from, double to, double (*of)(const Gesture&)) {
    double low = 1e9, high = -1e9;
    for (double t = from; t < to; t += 1 / hundredths) {
        const double value = of(behaviour.head(t));
        low = std::min(low, value), high = std::max(high, value);
    }
    return (high - low) / 2;
}

struct Blinks {
    int count = 0, whole = 0;
    double shortest = 1e9, longest = 0; // seconds
};
Blinks blinks(const Behaviour& behaviour, double seconds) {
    Blinks seen;
    double begun = -1;
    float most = 0;
    for (double t = 0; t < seconds; t += 1 / hundredths / 5) {
        const float closure = behaviour.head(t).closure;
        if (closure > 0 && begun < 0)
            begun = t, most = 0;
        most = std::max(most, closure);
        if (closure == 0 && begun >= 0) {
            ++seen.count;
            seen.whole += most > 0.99F;
            if (begun > 0) { // not cut off by the begin
                seen.shortest = std::min(seen.shortest, t - begun);
                seen.longest = std::max(seen.longest, t - begun);
            }
            begun = -1;
        }
    }
    return seen;
}

TEST(Behaviour, ACalmHeadSwaysAsASeatedPersonDoes) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const Behaviour calm(Presentation::calm, seed);
        const double yaw = amplitude(calm, 3, 63, [](const Gesture& g) { return double{g.yaw}; });
        EXPECT_GT(yaw, 0.4 * degree) << seed;
        EXPECT_LT(yaw, 2.05 * degree) << seed;
        const double right = amplitude(calm, 3, 63, [](const Gesture& g) { return double{g.right}; });
        EXPECT_GT(right * eye_distance_mm, 1.5) << seed;
        EXPECT_LT(right * eye_distance_mm, 10.1) << seed;
        const double down = amplitude(calm, 3, 63, [](const Gesture& g) { return double{g.down}; });
        EXPECT_GT(down * eye_distance_mm, 1.5) << "sway and breath";
        EXPECT_LT(down * eye_distance_mm, 10) << seed;
    }
}

TEST(Behaviour, ACalmHeadBlinksTenToTwentyTimesAMinute) {
    int all = 0, whole = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const Blinks seen = blinks(Behaviour(Presentation::calm, seed), 60);
        EXPECT_GE(seen.count, 10) << seed;
        EXPECT_LE(seen.count, 20) << seed;
        EXPECT_GE(seen.shortest, 0.09) << seed; // a partial one begins later and ends sooner to be seen
        EXPECT_LE(seen.longest, 0.41) << seed;
        all += seen.count, whole += seen.whole;
    }
    EXPECT_NEAR(static_cast<double>(whole) / all, 0.5, 0.1);
}

TEST(Behaviour, ItSettlesNearerInTheFirstTwoSeconds) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Behaviour calm(Presentation::calm, seed);
        const double distance = head_far * eye_distance_mm;
        const double before = distance / calm.head(0).scale, after = distance / calm.head(2).scale;
        EXPECT_GT(before - after, 0) << seed; // mm; 15 to 50 of settling, 4 of sway at most in that time
        EXPECT_LT(before - after, 75) << seed;
    }
}

TEST(Behaviour, AnOldPersonIsSlowerAndBlinksLess) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Manner old = manner_of(Presentation::old, seed), calm = manner_of(Presentation::calm, seed);
        EXPECT_LE(blinks(Behaviour(Presentation::old, seed), 60).count, 11) << seed;
        EXPECT_GT(old.closing.low, calm.closing.low);
        EXPECT_GT(old.reaction.high, calm.reaction.high);
        EXPECT_GT(old.movement.low, calm.movement.low);
    }
}

TEST(Behaviour, OnlyWhoSpeaksMovesTheLips) {
    const auto open = [](Presentation presentation, std::uint64_t seed) {
        const Behaviour behaviour(presentation, seed);
        int count = 0;
        for (int i = 0; i < 3000; ++i)
            count += behaviour.head(i / hundredths).mouth > 0;
        return count / 3000.0;
    };
    int silent = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        EXPECT_NEAR(open(Presentation::speaking, seed), 0.7, 0.15) << seed;
        EXPECT_EQ(open(Presentation::live, seed), 0);
        silent += open(Presentation::calm, seed) == 0;
    }
    EXPECT_NEAR(silent, 20, 7) << "two of three say nothing";
}

TEST(Behaviour, ALiveHeadTurnsAndBlinks) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Behaviour live(Presentation::live, seed);
        const double yaw = amplitude(live, 0, 5, [](const Gesture& g) { return double{g.yaw}; });
        EXPECT_GT(yaw, 0.1);
        EXPECT_LT(yaw, 0.2);
        EXPECT_NEAR(blinks(live, 60).count, 24, 1);
    }
}

TEST(Behaviour, EverySeedIsAnotherRun) {
    const Gesture one = Behaviour(Presentation::calm, 1).head(3),
                  other = Behaviour(Presentation::calm, 2).head(3);
    EXPECT_NE(one.yaw, other.yaw);
    EXPECT_NE(one.scale, other.scale) << "the distance too";
}

TEST(Behaviour, AMovedPrintShiftsAndComesNearerAndHardlyTurns) {
    const Behaviour moved(Presentation::moved, 1);
    float most_shift = 0, most_turn = 0, nearest = 1;
    for (int i = 0; i < 1000; ++i) {
        const Gesture gesture = moved.hand(i / hundredths);
        most_shift = std::max(most_shift, std::abs(gesture.right));
        most_turn = std::max(most_turn, std::abs(gesture.yaw));
        nearest = std::max(nearest, gesture.scale);
    }
    EXPECT_GT(most_shift, 0.15F);
    EXPECT_GT(nearest, 1.1F);
    EXPECT_LT(most_turn, 2 * degree);
}

} // namespace
} // namespace kaomon::camera::simulated
