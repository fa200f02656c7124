// A movement that was asked for: to which side, and since when.
#include "daemon/liveness/directed_movement.hpp"
#include "tests/daemon/liveness/relief_faces.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace kaomon::liveness {
namespace {

constexpr Instant start{std::chrono::hours(1)};
constexpr int shown = 600; // milliseconds after the first frame

using Path = std::function<PoseSample(int)>; // pose by milliseconds; its time is not used

std::vector<PoseSample> poses(const Path& path, int until) {
    std::vector<PoseSample> all;
    for (int time = 0; time <= until; time += 40) {
        PoseSample one = path(time);
        one.captured = start + Milliseconds(time);
        all.push_back(one);
    }
    return all;
}
std::optional<Movement> moved(const Path& path, int until = 4000) {
    const auto movement = first_movement(poses(path, until), start + Milliseconds(shown));
    return movement ? std::optional(movement->to) : std::nullopt;
}

// From rest to so many degrees, beginning at that time, within 500 ms.
float to(float degrees, int begin, int time) {
    return degrees * std::clamp(static_cast<float>(time - begin) / 500, 0.F, 1.F);
}

TEST(FirstMovement, HasTheSideThatThePersonTurnedTo) {
    EXPECT_EQ(moved([](int t) { return PoseSample{{}, to(12, 1000, t), 0}; }), Movement::left)
        << "their own left is the picture's right";
    EXPECT_EQ(moved([](int t) { return PoseSample{{}, to(-12, 1000, t), 0}; }), Movement::right);
    EXPECT_EQ(moved([](int t) { return PoseSample{{}, 0, to(11, 1000, t)}; }), Movement::up);
    EXPECT_EQ(moved([](int t) { return PoseSample{{}, 0, to(-11, 1000, t)}; }), Movement::down);
    EXPECT_EQ(moved([](int t) { return PoseSample{{}, 9 + to(12, 1000, t), -8}; }), Movement::left)
        << "from wherever they rest";
}

TEST(FirstMovement, MustBeLargeEnough) {
    EXPECT_FALSE(moved([](int t) { return PoseSample{{}, to(7.8F, 1000, t), 0}; }));
    EXPECT_TRUE(moved([](int t) { return PoseSample{{}, to(8.2F, 1000, t), 0}; }));
    EXPECT_FALSE(moved([](int t) { return PoseSample{{}, 0, to(6.8F, 1000, t)}; }));
    EXPECT_TRUE(moved([](int t) { return PoseSample{{}, 0, to(7.2F, 1000, t)}; }));
    EXPECT_FALSE(moved([](int t) { return PoseSample{{}, to(12, 1000, t), to(12, 1000, t)}; }))
        << "to no side more than to another";
}

TEST(FirstMovement, ASlowPersonHasTheTimeTheyNeed) {
    EXPECT_EQ(
        moved([](int t) { return PoseSample{{}, std::max(0.F, 0.004F * static_cast<float>(t - 1500)), 0}; }),
        Movement::left)
        << "four degrees a second";
}

TEST(FirstMovement, WhatBeganBeforeTheRequestOrFasterThanAnybodyReactsIsNone) {
    EXPECT_FALSE(moved([](int t) { return PoseSample{{}, to(12, 450, t), 0}; }));
    EXPECT_FALSE(moved([](int t) { return PoseSample{{}, to(40, shown + 40, t), 0}; }, 2000))
        << "64 ms later";
    EXPECT_EQ(moved([](int t) { return PoseSample{{}, to(12, 450, t) + to(-20, 2000, t), 0}; }),
              Movement::right)
        << "after a rest another one counts";
}

TEST(FirstMovement, AHeadThatNeverRestsAnswersNothing) {
    EXPECT_FALSE(
        moved([](int t) { return PoseSample{{}, 15 * std::sin(0.02F * static_cast<float>(t)), 0}; }));
}

TEST(FirstMovement, MustLeadOutOfWhatTheHeadDoesAnyway) {
    const PoseRange usual{-14, 10, -9, 5};
    const auto beyond = [&](float yaw, float pitch) {
        return first_movement(
                   poses([&](int t) { return PoseSample{{}, to(yaw, 1000, t), to(pitch, 1000, t)}; }, 4000),
                   start + Milliseconds(shown), usual)
            .has_value();
    };
    EXPECT_FALSE(beyond(13.9F, 0));
    EXPECT_TRUE(beyond(14.1F, 0)) << "half a movement more";
    EXPECT_FALSE(beyond(-17.9F, 0));
    EXPECT_TRUE(beyond(-18.1F, 0));
    EXPECT_FALSE(beyond(0, 8.4F));
    EXPECT_TRUE(beyond(0, 8.6F));
    EXPECT_FALSE(beyond(0, -12.4F));
    EXPECT_TRUE(beyond(0, -12.6F));
}

TEST(KnownWell, WhoMovesAboutIsWatchedForLongerThanWhoIsCalm) {
    const auto swaying = [](float yaw, float pitch, int until) {
        return poses(
            [&](int t) {
                const float side = t % 80 == 0 ? 0.5F : -0.5F;
                return PoseSample{{}, side * yaw, side * pitch};
            },
            until);
    };
    EXPECT_TRUE(known_well({}));
    EXPECT_TRUE(known_well(swaying(5.9F, 5.9F, 400)));
    EXPECT_FALSE(known_well(swaying(6.1F, 0, 3480)));
    EXPECT_FALSE(known_well(swaying(0, 6.1F, 3480)));
    EXPECT_TRUE(known_well(swaying(6.1F, 0, 3520)));
}

TEST(Agreement, NeedsAClearShiftOfTheRightAxis) {
    const ReliefShift left{.right = 1, .down = 0.2F, .significance = 6, .residual = 0.1F};
    EXPECT_EQ(agreement(left, Movement::left, 4), 1);
    EXPECT_EQ(agreement(left, Movement::left, -4), -1) << "the mesh says the other side";
    EXPECT_EQ(agreement(left, Movement::right, -4), 1) << "that is 4 degrees to the left";
    EXPECT_EQ(agreement(left, Movement::right, 4), -1);
    EXPECT_EQ(agreement(left, Movement::up, 4), 0) << "to the side is neither up nor down";
    EXPECT_EQ(agreement(left, Movement::left, 2.4F), 0);
    ReliefShift faint = left;
    faint.significance = 4.9F;
    EXPECT_EQ(agreement(faint, Movement::left, 4), 0);
    ReliefShift blurred = left;
    blurred.residual = 0.26F;
    EXPECT_EQ(agreement(blurred, Movement::left, 4), 0);
    EXPECT_EQ(agreement({.right = 0, .down = -1, .significance = 6}, Movement::up, 4), 1);
    EXPECT_EQ(agreement({.right = 0, .down = 1, .significance = 6}, Movement::down, 4), 1);
}

struct Player {
    DirectedMovement detector;
    Image picture{.width = 2, .height = 2, .channels = 1, .pixels = SecretBytes(4, 0)};
    int time = 0;

    void show(MadeUp how) {
        how.seed = static_cast<unsigned>(time) + 1;
        const FaceCrop crop = made_up_crop(how);
        const face::Observation face = made_up_face(how);
        detector.add_face({picture, face, crop, start + Milliseconds(time)});
        time += 66;
    }
    void rest(int milliseconds, MadeUp how = {}) {
        for (const int end = time + milliseconds; time < end;)
            show(how);
    }
    void ask(Movement movement, int in_a_row = 1) {
        detector.asked({movement, start + Milliseconds(time), in_a_row});
    }
    // Out within half a second, held, and back.
    void turn(float yaw, float pitch, bool flat = false) {
        rest(300, {.flat = flat});
        out(yaw, pitch, flat);
        back(yaw, pitch, flat);
    }
    void out(float yaw, float pitch, bool flat = false) {
        for (int i = 1; i <= 8; ++i)
            show(part(i, yaw, pitch, flat));
        rest(200, part(8, yaw, pitch, flat));
    }
    void back(float yaw, float pitch, bool flat = false) {
        for (int i = 7; i >= 0; --i)
            show(part(i, yaw, pitch, flat));
    }
    static MadeUp part(int of_eight, float yaw, float pitch, bool flat) {
        const float share = static_cast<float>(of_eight) / 8;
        return {.yaw = share * yaw, .pitch = share * pitch, .flat = flat};
    }
    Outcome outcome() const { return detector.evidence().front().outcome; }
};

TEST(DirectedMovement, AHeadThatDoesWhatItWasAskedPasses) {
    for (const auto& [movement, yaw, pitch] : {std::tuple{Movement::left, 14.F, 0.F},
                                               {Movement::right, -14.F, 0.F},
                                               {Movement::up, 0.F, 12.F},
                                               {Movement::down, 0.F, -12.F}}) {
        Player player;
        player.rest(700);
        player.ask(movement);
        player.turn(yaw, pitch);
        EXPECT_EQ(player.detector.answer(), Answer::right) << word(movement);
        EXPECT_EQ(player.outcome(), Outcome::pass) << word(movement);
    }
}

TEST(DirectedMovement, TheOtherSideIsWrongAndNoForgery) {
    Player player;
    player.rest(700);
    player.ask(Movement::left);
    player.turn(-14, 0);
    EXPECT_EQ(player.detector.answer(), Answer::wrong);
    EXPECT_EQ(player.outcome(), Outcome::not_assessed);
}

TEST(DirectedMovement, ASheetThatTurnsSoIsNoAnswer) {
    Player player;
    player.rest(700, {.flat = true});
    player.ask(Movement::left);
    player.turn(14, 0, true);
    EXPECT_NE(player.detector.answer(), Answer::right);
    EXPECT_EQ(player.outcome(), Outcome::not_assessed);
}

TEST(DirectedMovement, TooLateIsNoAnswer) {
    Player player;
    player.rest(700);
    player.ask(Movement::left);
    player.rest(3900);
    player.turn(14, 0);
    EXPECT_EQ(player.detector.answer(), Answer::none);
    EXPECT_EQ(player.outcome(), Outcome::not_assessed);
}

TEST(DirectedMovement, UnaskedIsNoAnswer) {
    Player player;
    player.rest(700);
    player.turn(14, 0);
    EXPECT_EQ(player.detector.answer(), Answer::none);
    EXPECT_EQ(player.outcome(), Outcome::not_assessed);
    EXPECT_TRUE(player.detector.busy()) << "it moves about";
    player.rest(1700);
    EXPECT_FALSE(player.detector.busy());
    player.ask(Movement::left);
    player.turn(14, 0);
    EXPECT_EQ(player.detector.answer(), Answer::none) << "that is what it does anyway";
    player.ask(Movement::left);
    player.turn(20, 0);
    EXPECT_EQ(player.detector.answer(), Answer::right);
}

TEST(DirectedMovement, TwoInARowWhereTheyAreDemanded) {
    Player player;
    player.rest(700);
    player.ask(Movement::left, 2);
    player.turn(14, 0);
    EXPECT_EQ(player.detector.answer(), Answer::right);
    EXPECT_EQ(player.outcome(), Outcome::not_assessed) << "one";
    player.rest(400);
    player.ask(Movement::right, 2);
    player.rest(4200);
    player.ask(Movement::left, 2);
    player.turn(14, 0);
    EXPECT_EQ(player.outcome(), Outcome::not_assessed) << "not in a row";
    player.rest(400);
    player.ask(Movement::up, 2);
    player.turn(0, 12);
    EXPECT_EQ(player.outcome(), Outcome::pass);
}

TEST(DirectedMovement, TheHeadIsAwayUntilItIsBack) {
    Player player;
    player.rest(700);
    EXPECT_FALSE(player.detector.busy());
    player.ask(Movement::left);
    player.rest(300);
    player.out(14, 0);
    ASSERT_EQ(player.detector.answer(), Answer::right);
    EXPECT_TRUE(player.detector.busy());
    player.back(14, 0);
    EXPECT_FALSE(player.detector.busy());
    player.ask(Movement::up);
    player.rest(300);
    player.out(0, 12);
    player.rest(1800, {.pitch = 12});
    EXPECT_TRUE(player.detector.busy());
    player.rest(1500, {.pitch = 12});
    EXPECT_FALSE(player.detector.busy()) << "who stays there is asked from there";
}

TEST(DirectedMovement, AnotherFaceHasAnsweredNothing) {
    Player player;
    player.rest(700);
    player.ask(Movement::left);
    player.turn(14, 0);
    ASSERT_EQ(player.outcome(), Outcome::pass);
    player.detector.reset_for_new_face();
    EXPECT_EQ(player.outcome(), Outcome::not_assessed);
    EXPECT_EQ(player.detector.answer(), Answer::none);
}

} // namespace
} // namespace kaomon::liveness
