// Who does what is asked for, and when.
#include "drivers/camera/simulated/behaviour.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace kaomon::camera::simulated {
namespace {

using fault::Ask;

constexpr double at = 2; // seconds: asked
constexpr float small = 1e-4F;

// What the request adds to what the head does anyway.
Gesture added(Presentation presentation, std::uint64_t seed, Ask what, double seconds,
              Attacker attacker = Attacker::unaware) {
    Behaviour asked(presentation, seed, attacker);
    const Gesture before = asked.head(seconds);
    asked.ask(what, at);
    Gesture gesture = asked.head(seconds);
    gesture.yaw -= before.yaw, gesture.pitch -= before.pitch;
    gesture.scale /= before.scale, gesture.closure -= before.closure;
    return gesture;
}
bool moves(const Gesture& gesture) {
    return std::abs(gesture.yaw) > small || std::abs(gesture.pitch) > small ||
           std::abs(gesture.scale - 1) > small || std::abs(gesture.closure) > small;
}
// Seconds after the request; nothing is done in ten.
double begins(Presentation presentation, std::uint64_t seed, Ask what) {
    for (double t = 0; t < 10; t += 0.01) {
        if (moves(added(presentation, seed, what, at + t)))
            return t;
    }
    return 10;
}

TEST(Answers, AHeadMovesInTheAskedDirection) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        for (const auto presentation :
             {Presentation::calm, Presentation::live, Presentation::child, Presentation::old}) {
            const double there = at + begins(presentation, seed, Ask::left) +
                                 manner_of(presentation, seed).movement.high + 0.1;
            EXPECT_GT(added(presentation, seed, Ask::left, there).yaw, 0.16F)
                << "the picture's right: 9 degrees";
            EXPECT_LT(added(presentation, seed, Ask::right, there).yaw, -0.16F);
            EXPECT_LT(added(presentation, seed, Ask::up, there).pitch, -0.13F);
            EXPECT_GT(added(presentation, seed, Ask::down, there).pitch, 0.13F);
            EXPECT_GT(added(presentation, seed, Ask::closer, there).scale, 1.08F);
            EXPECT_NEAR(added(presentation, seed, Ask::left, there).pitch, 0, small);
            EXPECT_FALSE(moves(added(presentation, seed, Ask::none, there)));
        }
    }
}

TEST(Answers, AfterTheTimeOfReactionAndNotBefore) {
    double slowest_calm = 0, slowest_old = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        for (const auto what : {Ask::left, Ask::up, Ask::closer}) {
            const double calm = begins(Presentation::calm, seed, what),
                         old = begins(Presentation::old, seed, what);
            EXPECT_GE(calm, 0.5) << seed;
            EXPECT_LE(calm, 1.2 + 0.1) << seed; // a rise without a jerk begins unseen
            EXPECT_GE(old, 1.0) << seed;
            EXPECT_LE(old, 2.5 + 0.2) << seed;
            slowest_calm = std::max(slowest_calm, calm), slowest_old = std::max(slowest_old, old);
        }
    }
    EXPECT_GT(slowest_calm, 1.0) << "people differ";
    EXPECT_GT(slowest_old, 2.0);
}

TEST(Answers, ABlinkOnRequestClosesTheEyesAndOpensThem) {
    Behaviour calm(Presentation::calm, 5);
    calm.ask(Ask::blink, at);
    const double begin = begins(Presentation::calm, 5, Ask::blink);
    EXPECT_EQ(calm.head(at + begin + 0.15).closure, 1);
    EXPECT_LT(calm.head(at + begin + 0.45).closure, 1);
}

TEST(Answers, TheNextRequestEndsTheOneBefore) {
    Behaviour calm(Presentation::calm, 3), only_right(Presentation::calm, 3);
    calm.ask(Ask::left, 1);
    calm.ask(Ask::right, 2);
    EXPECT_LT(calm.head(4.2).yaw, -0.1F);
    Behaviour ended(Presentation::calm, 3), still(Presentation::calm, 3);
    ended.ask(Ask::left, 1);
    ended.ask(Ask::none, 1.1);
    EXPECT_NEAR(ended.head(4).yaw, still.head(4).yaw, small);
}

TEST(Answers, APlayerOfRecordingsSwitchesIn300MillisecondsAnUnawareOneNever) {
    for (const auto presentation : {Presentation::telephone, Presentation::video, Presentation::clip}) {
        EXPECT_FALSE(moves(added(presentation, 4, Ask::left, at + 1.2)));
        EXPECT_FALSE(moves(added(presentation, 4, Ask::left, at + 0.29, Attacker::answering)));
        EXPECT_TRUE(moves(added(presentation, 4, Ask::left, at + 0.31, Attacker::answering))) << "the cut";
        Behaviour left(presentation, 4, Attacker::answering), right(presentation, 4, Attacker::answering);
        left.ask(Ask::left, at), right.ask(Ask::right, at);
        EXPECT_GT(left.head(at + 1.4).yaw, 0.15F);
        EXPECT_LT(right.head(at + 1.4).yaw, -0.15F);
    }
}

TEST(Answers, AHandTurnsThePrintAfterTheTimeAPersonNeeds) {
    Behaviour print(Presentation::flat, 4, Attacker::answering), untold(Presentation::flat, 4);
    print.ask(Ask::left, at);
    EXPECT_EQ(print.hand(at + 0.49).yaw, untold.hand(at + 0.49).yaw);
    EXPECT_GT(print.hand(at + 2.0).yaw, untold.hand(at + 2.0).yaw + 0.1F);
    Behaviour unaware(Presentation::flat, 4);
    unaware.ask(Ask::left, at);
    EXPECT_EQ(unaware.hand(at + 2.0).yaw, untold.hand(at + 2.0).yaw);
}

} // namespace
} // namespace kaomon::camera::simulated
