#include "daemon/liveness/blink.hpp"
#include "tests/daemon/liveness/texture.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace kaomon::liveness {
namespace {

// Looks of a made-up eye: a pattern that closing mixes with another one.
EyePatches::Patch pattern(int which, float closed) {
    EyePatches::Patch patch{};
    float square = 0;
    for (std::size_t i = 0; i < patch.size(); ++i) {
        const auto at = static_cast<float>(i);
        const float open = std::sin(at * 0.31F + static_cast<float>(which));
        const float shut = std::cos(at * 0.17F + static_cast<float>(which) * 2);
        patch[i] = (1 - closed) * open + closed * shut;
        square += patch[i] * patch[i];
    }
    for (float& value : patch)
        value /= std::sqrt(square);
    return patch;
}

struct Player {
    std::vector<EyePatches> looks;
    Instant now{};
    Milliseconds step{33};
    int blinks = 0, impossible = 0;

    // closure of the left and right eye, and how far the nose changes
    void show(float left, float right, float nose = 0) {
        now += step;
        looks.push_back({now, pattern(1, left), pattern(2, right), pattern(3, nose)});
        const LidMovement what = lid_movement(looks);
        blinks += what == LidMovement::blink;
        impossible += what == LidMovement::impossible;
    }
    void open(int frames) {
        for (int i = 0; i < frames; ++i)
            show(0, 0);
    }
};

TEST(Blink, IsSeenOnceAtEveryFrameRate) {
    for (const int rate : {10, 15, 25, 30}) {
        Player player;
        player.step = Milliseconds(1000 / rate);
        player.open(rate);
        const auto closing = [&](Milliseconds since) { // 80 ms down, 60 closed, 100 up
            const auto t = static_cast<float>(since.count());
            return t < 80 ? t / 80 : t < 140 ? 1.F : std::max(0.F, 1 - (t - 140) / 100);
        };
        for (Milliseconds since{40}; since < Milliseconds(300); since += player.step)
            player.show(closing(since), closing(since));
        player.open(rate);
        EXPECT_EQ(player.blinks, 1) << rate;
        EXPECT_EQ(player.impossible, 0) << rate;
    }
}

TEST(Blink, OneEyeIsNone) {
    Player player;
    player.open(10);
    for (int i = 0; i < 4; ++i)
        player.show(1, 0);
    player.open(10);
    EXPECT_EQ(player.blinks, 0);
}

TEST(Blink, WhatTheNoseSeesTooIsNone) {
    Player player;
    player.open(10);
    for (int i = 0; i < 4; ++i)
        player.show(1, 1, 1); // a hand that passes before the lens, a picture that shakes
    player.open(10);
    EXPECT_EQ(player.blinks, 0);
}

TEST(Blink, EyesThatStayClosedAreNone) {
    Player player;
    player.open(10);
    for (int i = 0; i < 25; ++i)
        player.show(1, 1);
    player.open(10);
    EXPECT_EQ(player.blinks, 0);
}

TEST(Blink, WhatHappenedInAGapIsUnknown) {
    Player player;
    player.open(10);
    player.now += Milliseconds(300);
    player.show(1, 1);
    player.now += Milliseconds(300);
    player.open(10);
    EXPECT_EQ(player.blinks, 0);
}

TEST(Blink, LidsFasterThanLidsAreNoticed) {
    Player player;
    player.open(10);
    for (int times = 0; times < 2; ++times) {
        player.show(1, 1); // one frame of 33 ms with the neighbours open
        player.open(10);
    }
    EXPECT_EQ(player.blinks, 0);
    EXPECT_EQ(player.impossible, 2);
}

TEST(Blink, AStillFaceSaysNothing) {
    Player player;
    player.open(100);
    EXPECT_EQ(player.blinks + player.impossible, 0);
    EXPECT_EQ(lid_movement({}), LidMovement::nothing);
}

TEST(Blink, ItsEvidence) {
    EXPECT_EQ(blink(0, 0).outcome, Outcome::not_assessed);
    EXPECT_EQ(blink(1, 0).outcome, Outcome::pass);
    EXPECT_EQ(blink(1, 1).outcome, Outcome::pass) << "one may be a mesh that slipped";
    EXPECT_EQ(blink(1, 2).outcome, Outcome::fail);
    EXPECT_LT(blink(0, 2).margin, 0);
}

// Both eyes show another texture when they are closed.
FaceCrop eyes(bool closed) {
    return textured([=](float x, float y) {
        const bool eye = std::abs(y - 62) < 9 && (std::abs(x - 40) < 15 || std::abs(x - 88) < 15);
        return closed && eye ? face::Point{x + 500, y} : face::Point{x, y};
    });
}

struct Looks { // of the detector at 30 frames a second
    Blink blink;
    FaceCrop open = eyes(false), shut = eyes(true);
    Instant now{std::chrono::hours(1)};
    void show(const FaceCrop& crop, int frames, float yaw = 0) {
        const Image picture;
        face::Observation face;
        face.quality.yaw = yaw;
        for (int i = 0; i < frames; ++i, now += Milliseconds(33))
            blink.add_face({picture, face, crop, now});
    }
    void close_for(int frames, float yaw = 0) {
        show(open, 10, yaw);
        show(shut, frames, yaw);
        show(open, 10, yaw);
    }
    Outcome outcome() const { return blink.evidence().front().outcome; }
};

TEST(Blink, OfOneFaceDoesNotCountForTheNext) {
    Looks looks;
    looks.close_for(4);
    EXPECT_EQ(looks.outcome(), Outcome::pass);
    looks.blink.reset_for_new_face();
    EXPECT_EQ(looks.outcome(), Outcome::not_assessed);
}

TEST(Blink, WhatLidsCannotDoStaysWhoeverComesNext) {
    Looks looks;
    looks.close_for(1);
    EXPECT_EQ(looks.outcome(), Outcome::not_assessed) << "one may be a mesh that slipped";
    looks.blink.reset_for_new_face();
    looks.close_for(1);
    EXPECT_EQ(looks.outcome(), Outcome::fail);
    looks.blink.reset_for_new_face();
    EXPECT_EQ(looks.outcome(), Outcome::fail);
}

TEST(Blink, EyesSeenFromTheSideSayNothing) {
    Looks looks;
    looks.close_for(4, 26);
    EXPECT_EQ(looks.outcome(), Outcome::not_assessed);
    looks.close_for(4, -24);
    EXPECT_EQ(looks.outcome(), Outcome::pass);
}

} // namespace
} // namespace kaomon::liveness
