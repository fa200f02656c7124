#include "daemon/liveness/photo_replay.hpp"
#include "tests/daemon/liveness/texture.hpp"

#include <gtest/gtest.h>

namespace kaomon::liveness {
namespace {

TEST(PhotoReplay, FailsFromItsLimitOn) {
    EXPECT_EQ(photo_replay(0.95F).outcome, Outcome::fail);
    EXPECT_LT(photo_replay(0.95F).margin, 0);
    EXPECT_EQ(photo_replay(0.93F).outcome, Outcome::pass);
    EXPECT_GT(photo_replay(0.93F).margin, 0);
}

// A picture that lies otherwise: right, down (pixels), larger, turned, wider than high, sheared.
float laid(float right, float down, float larger, float turned, float wider = 0, float sheared = 0) {
    const Grey photograph = fine_structure(textured([](float x, float y) { return face::Point{x, y}; }));
    const FaceCrop live = textured([=](float x, float y) {
        constexpr float middle_x = FaceCrop::width / 2, middle_y = FaceCrop::height / 2;
        const float u = x - middle_x, v = y - middle_y;
        return face::Point{middle_x + (1 + larger + wider) * u + (sheared - turned) * v + right,
                           middle_y + (sheared + turned) * u + (1 + larger - wider) * v + down};
    });
    return similarity(photograph, fine_structure(live)).value_or(-1);
}

TEST(PhotoReplay, FindsTheSamePictureThatLiesOtherwise) {
    EXPECT_GT(laid(0, 0, 0, 0), 0.999F);
    EXPECT_GT(laid(3, -2, 0, 0), 0.97F);
    EXPECT_GT(laid(1, 1, 0.05F, 0), 0.97F);
    EXPECT_GT(laid(-1, 1, 0, 0.05F), 0.97F);
    EXPECT_GT(laid(2, 1, -0.04F, -0.04F), 0.97F);
    EXPECT_GT(laid(0, 0, 0.02F, 0.02F, 0.06F, -0.04F), 0.97F) << "a print at an angle";
}

TEST(PhotoReplay, AnotherPictureStaysOneHoweverItIsLaid) {
    EXPECT_LT(laid(400, 0, 0, 0), 0.4F);
    EXPECT_LT(laid(0, 300, 0.1F, 0.1F), 0.4F);
}

TEST(PhotoReplay, NothingToCompareIsNoAnswer) {
    const Grey something = fine_structure(textured([](float x, float y) { return face::Point{x, y}; }));
    EXPECT_TRUE(fine_structure({}).levels.empty());
    EXPECT_FALSE(similarity({}, something));
    EXPECT_FALSE(similarity(something, {}));
}

struct Looks { // of the detector at frames 200 ms apart
    PhotoReplay replay;
    Instant now{std::chrono::hours(1)};
    Outcome after(const FaceCrop& crop) {
        const Image picture;
        const face::Observation face;
        replay.add_face({picture, face, crop, now});
        now += Milliseconds(200);
        return outcome();
    }
    Outcome outcome() const { return replay.evidence().front().outcome; }
};

const FaceCrop on_card = textured([](float x, float y) { return face::Point{x, y}; });
const FaceCrop living = textured([](float x, float y) { return face::Point{x + 400, y}; });

TEST(PhotoReplay, ThePhotographMayComeBeforeTheViewsOrAfterThem) {
    Looks before;
    before.replay.photograph(on_card);
    EXPECT_EQ(before.after(on_card), Outcome::fail);
    Looks after;
    EXPECT_EQ(after.after(on_card), Outcome::not_assessed);
    after.replay.photograph(on_card);
    EXPECT_EQ(after.outcome(), Outcome::fail);
}

TEST(PhotoReplay, WhatPassedGoesWithTheFaceAndWhatFailedStays) {
    Looks looks;
    looks.replay.photograph(on_card);
    EXPECT_EQ(looks.after(living), Outcome::pass);
    looks.replay.reset_for_new_face();
    EXPECT_EQ(looks.outcome(), Outcome::not_assessed);
    EXPECT_EQ(looks.after(on_card), Outcome::fail) << "the photograph is still known";
    looks.replay.reset_for_new_face();
    EXPECT_EQ(looks.after(living), Outcome::fail);
}

TEST(PhotoReplay, ViewsOfTheFaceBeforeAreNotComparedLater) {
    Looks looks;
    looks.after(on_card);
    looks.replay.reset_for_new_face();
    looks.after(living);
    looks.replay.photograph(on_card);
    EXPECT_EQ(looks.outcome(), Outcome::pass);
}

} // namespace
} // namespace kaomon::liveness
