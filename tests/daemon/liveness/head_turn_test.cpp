#include "daemon/liveness/head_turn.hpp"
#include "tests/daemon/liveness/texture.hpp"

#include <gtest/gtest.h>

namespace kaomon::liveness {
namespace {

using face::Point;

Outcome judge(std::vector<TurnedPair> pairs) {
    return head_turn(pairs).outcome;
}

constexpr TurnedPair live{.turn = 0.15F, .points = 60, .share = 0.40F, .tilt = 0.08F};
constexpr TurnedPair flat{.turn = 0.15F, .points = 60, .share = 0.97F, .tilt = 0.10F};
constexpr TurnedPair between{.turn = 0.15F, .points = 60, .share = 0.72F, .tilt = 0.05F};

TEST(HeadTurn, HeadsPassPlanesFailAndWhatIsBetweenIsLeftOpen) {
    EXPECT_EQ(judge({live, live, live}), Outcome::pass);
    EXPECT_EQ(judge({flat, flat, flat}), Outcome::fail);
    EXPECT_EQ(judge({between, between, between}), Outcome::not_assessed);
    EXPECT_EQ(judge({live, flat, between}), Outcome::not_assessed);
}

TEST(HeadTurn, OnePairDecidesNothing) {
    EXPECT_EQ(judge({}), Outcome::not_assessed);
    EXPECT_EQ(judge({flat, flat}), Outcome::not_assessed);
    EXPECT_EQ(judge({flat, live, live}), Outcome::pass);
    EXPECT_EQ(judge({live, flat, flat}), Outcome::fail);
}

TEST(HeadTurn, TheMarginIsTheDistanceFromTheLimit) {
    EXPECT_NEAR(head_turn(std::vector{live, live, live}).margin, 0.21, 1e-5);
    EXPECT_NEAR(head_turn(std::vector{flat, flat, flat}).margin, -0.13, 1e-5);
}

TEST(HeadTurn, WhatSaysNothingIsNotCounted) {
    const auto with = [](TurnedPair pair, auto change) {
        change(pair);
        return std::vector(5, pair);
    };
    EXPECT_EQ(judge(with(flat, [](auto& p) { p.points = 20; })), Outcome::not_assessed) << "too few points";
    EXPECT_EQ(judge(with(live, [](auto& p) { p.turn = 0.04F; })), Outcome::not_assessed) << "no turn";
    EXPECT_EQ(judge(with(live, [](auto& p) { p.turn = 0.4F; })), Outcome::not_assessed) << "half a profile";
    EXPECT_EQ(judge(with(flat, [](auto& p) { p.tilt = 0.02F; })), Outcome::not_assessed)
        << "a still head whose mesh trembles is no print";
    EXPECT_EQ(judge(with(flat, [](auto& p) { p.turn = 0.01F; })), Outcome::fail)
        << "a plane that turned betrays itself without its nose";
}

TEST(NoseAsymmetry, FollowsTheNose) {
    face::Observation face;
    face.five = {Point{100, 100}, Point{160, 100}, Point{130, 135}, Point{110, 160}, Point{150, 160}};
    EXPECT_NEAR(nose_asymmetry(face), 0, 1e-6);
    face.five[2] = {140, 135};
    EXPECT_GT(nose_asymmetry(face), 0.1F);
    face.five[2] = {120, 135};
    EXPECT_LT(nose_asymmetry(face), -0.1F);
    face.five = {};
    EXPECT_EQ(nose_asymmetry(face), 0);
}

// The texture on a plane that turns, and on a surface with a ridge in the middle as a nose.
TEST(CompareViews, ParallaxTellsARidgeFromAPlane) {
    const FaceCrop before = textured([](float x, float y) { return Point{x, y}; });
    const auto points = corners(before, 70);
    const Homography turned{{0.90, 0, 6, 0, 1, 0, 2e-4, 0}};
    const FaceCrop plane = textured([&](float x, float y) { return inverse(turned, {x, y}); });
    const TurnedPair flat_pair = compare_views(before, points, plane, 0.15F);
    EXPECT_GT(flat_pair.share, 0.9F);
    EXPECT_GT(flat_pair.tilt, 0.04F);
    const FaceCrop ridge = textured([](float x, float y) {
        const float depth = std::exp(-(x - 64) * (x - 64) / 400); // of the crop's 128 pixels
        return Point{x - 7 * depth, y};
    });
    const TurnedPair head_pair = compare_views(before, points, ridge, 0.15F);
    EXPECT_LT(head_pair.share, 0.7F);
    EXPECT_GE(head_pair.points, 30);
}

// The detector at frames 150 ms apart. `asymmetry`: of the nose, as a head or a print that turns has it.
struct Looks {
    HeadTurn head_turn;
    Instant now{std::chrono::hours(1)};
    Outcome after(const FaceCrop& crop, float asymmetry) {
        const Image picture;
        face::Observation face;
        face.five = {Point{0, 0}, Point{100, 0}, Point{50 + 50 * asymmetry, 0}};
        head_turn.add_face({picture, face, crop, now});
        now += Milliseconds(150);
        return head_turn.evidence().front().outcome;
    }
};

FaceCrop facing() {
    return textured([](float x, float y) { return Point{x, y}; });
}
FaceCrop plane_turned() {
    const Homography turned{{0.90, 0, 6, 0, 1, 0, 2e-4, 0}};
    return textured([&](float x, float y) { return inverse(turned, {x, y}); });
}
FaceCrop head_turned() {
    return textured([](float x, float y) { return Point{x - 11 * std::exp(-(x - 64) * (x - 64) / 400), y}; });
}

TEST(HeadTurn, ThreeComparedViewsDecide) {
    Looks print, head;
    print.after(facing(), 0), head.after(facing(), 0);
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(print.after(plane_turned(), 0.15F), Outcome::not_assessed) << i;
        EXPECT_EQ(head.after(head_turned(), 0.15F), Outcome::not_assessed) << i;
    }
    EXPECT_EQ(print.after(plane_turned(), 0.15F), Outcome::fail);
    EXPECT_EQ(head.after(head_turned(), 0.15F), Outcome::pass);
}

TEST(HeadTurn, WhatPassedGoesWithTheFaceAndWhatFailedStays) {
    Looks looks;
    looks.after(facing(), 0);
    Outcome now = Outcome::not_assessed;
    for (int i = 0; i < 3; ++i)
        now = looks.after(head_turned(), 0.15F);
    EXPECT_EQ(now, Outcome::pass);
    looks.head_turn.reset_for_new_face();
    EXPECT_EQ(looks.after(facing(), 0), Outcome::not_assessed);
    for (int i = 0; i < 3; ++i)
        now = looks.after(plane_turned(), 0.15F);
    EXPECT_EQ(now, Outcome::fail);
    looks.head_turn.reset_for_new_face();
    looks.after(facing(), 0);
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(looks.after(head_turned(), 0.15F), Outcome::fail);
}

} // namespace
} // namespace kaomon::liveness
