#include "daemon/liveness/face_continuity.hpp"

#include <gtest/gtest.h>

namespace kaomon::liveness {
namespace {

constexpr int width = 100; // of the face, pixels

std::optional<face::Observation> face_at(float left) {
    face::Observation face;
    face.box = {left, 50, left + width, 50 + width};
    return face;
}

struct Player {
    FaceContinuity continuity;
    Instant now{std::chrono::hours(1)};
    bool after(int milliseconds, const std::optional<face::Observation>& face) {
        now += Milliseconds(milliseconds);
        return continuity.broken_by(face, now);
    }
};

TEST(FaceContinuity, TheFirstFaceBreaksNothing) {
    Player player;
    EXPECT_FALSE(player.after(33, std::nullopt));
    EXPECT_FALSE(player.continuity.since());
    EXPECT_FALSE(player.after(2000, face_at(10)));
    EXPECT_EQ(player.continuity.since(), player.now);
}

TEST(FaceContinuity, AFaceThatMovesStaysTheSame) {
    Player player;
    player.after(33, face_at(0));
    for (int i = 1; i < 20; ++i)
        EXPECT_FALSE(player.after(33, face_at(static_cast<float>(i) * 0.55F * width))) << i;
    EXPECT_EQ(player.continuity.since(), player.now - Milliseconds(19 * 33));
}

TEST(FaceContinuity, AFaceThatJumpsIsAnother) {
    Player player;
    player.after(33, face_at(0));
    player.after(33, face_at(0));
    EXPECT_TRUE(player.after(33, face_at(0.65F * width)));
    EXPECT_EQ(player.continuity.since(), player.now);
    EXPECT_FALSE(player.after(33, face_at(0.65F * width))) << "once";
}

TEST(FaceContinuity, WhatIsForgottenBeginsAnewWithoutABreak) {
    Player player;
    player.after(33, face_at(0));
    player.continuity.forget();
    EXPECT_FALSE(player.continuity.since());
    EXPECT_FALSE(player.after(33, face_at(0)));
    EXPECT_EQ(player.continuity.since(), player.now);
}

TEST(FaceContinuity, AShortAbsenceIsForgiven) {
    Player player;
    player.after(33, face_at(0));
    for (int i = 0; i < 4; ++i)
        EXPECT_FALSE(player.after(100, std::nullopt));
    EXPECT_FALSE(player.after(100, face_at(0)));
    EXPECT_EQ(player.continuity.since(), player.now - Milliseconds(500));
}

TEST(FaceContinuity, ALongAbsenceEndsItWhetherSomebodyComesOrNot) {
    Player player;
    player.after(33, face_at(0));
    EXPECT_TRUE(player.after(501, std::nullopt));
    EXPECT_FALSE(player.continuity.since());
    EXPECT_FALSE(player.after(501, std::nullopt)) << "once";
    EXPECT_FALSE(player.after(33, face_at(0))) << "nothing is left to break";
    EXPECT_TRUE(player.after(501, face_at(0))) << "the frames in between were lost";
}

} // namespace
} // namespace kaomon::liveness
