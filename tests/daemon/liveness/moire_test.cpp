#include "daemon/liveness/moire.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace kaomon::liveness {
namespace {

constexpr int width = 320, height = 240;

// A face without features on a wall: light that falls off, and noise of about two grey levels.
struct Scene {
    Image picture{.width = width, .height = height, .channels = 3, .pixels = {}};
    face::Observation face;

    explicit Scene(const std::function<float(int, int)>& pattern, float noise = 2) {
        face.five = {face::Point{130, 90}, face::Point{190, 90}, face::Point{160, 125}, face::Point{140, 160},
                     face::Point{180, 160}};
        std::uint32_t state = 1;
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                float random = 0; // the sum of four bytes: about normal, deviation 148
                for (int i = 0; i < 4; ++i) {
                    state = state * 1664525 + 1013904223;
                    random += static_cast<float>(state >> 24) - 127.5F;
                }
                const float shade = 120 + 30 * std::sin(static_cast<float>(x + y) / 60);
                const auto level = static_cast<std::uint8_t>(shade + noise * random / 148 + pattern(x, y));
                picture.pixels.insert(picture.pixels.end(), 3, level);
            }
        }
    }
    float seen() const { return ripple(picture, face).value(); }
};

float nothing(int, int) {
    return 0;
}
// Of a period that is no whole number of pixels, as a screen's never is.
float screen(int x, int y) {
    return 6 * std::sin(static_cast<float>(x) * 2.7F) + 6 * std::sin(static_cast<float>(y) * 2.5F);
}

TEST(Ripple, OfAScreenStandsOutOfNoiseAndSkinHasNone) {
    EXPECT_LT(Scene(nothing).seen(), 30);
    EXPECT_LT(Scene(nothing, 0).seen(), 30) << "nor has a picture without noise";
    EXPECT_GT(Scene(screen).seen(), 800);
}

TEST(Ripple, FaintOnesDoNotCountHoweverSmoothThePicture) {
    const auto faint = [](int x, int y) { return 0.1F * screen(x, y); };
    EXPECT_LT(Scene(faint, 0.3F).seen(), 250);
}

TEST(Ripple, APatternOnOneHalfOfTheFaceIsCloth) {
    const auto mask = [](int x, int y) { return y > 125 ? screen(x, y) : 0; };
    const auto cap = [](int x, int y) { return y < 120 ? screen(x, y) : 0; };
    EXPECT_LT(Scene(mask).seen(), 100);
    EXPECT_LT(Scene(cap).seen(), 100);
}

TEST(Ripple, BlocksOfJpegAreNone) {
    const auto blocks = [](int x, int y) { return (x % 8 == 0 ? 6.F : 0.F) + (y % 8 == 0 ? 6.F : 0.F); };
    EXPECT_LT(Scene(blocks).seen(), 100);
}

TEST(Ripple, CoarseStripesAreNone) {
    const auto stripes = [](int x, int) { return 15 * std::sin(static_cast<float>(x) / 2); }; // 12.6 pixels
    EXPECT_LT(Scene(stripes).seen(), 100);
}

TEST(Ripple, AtTheEdgeAndInPicturesThatAreNone) {
    Scene scene(screen);
    for (auto& point : scene.face.five)
        point = {point.x - 200, point.y + 300};
    EXPECT_GT(ripple(scene.picture, scene.face).value(), 800) << "looked at inside of the picture";
    scene.face.five[0].x = NAN;
    EXPECT_FALSE(ripple(scene.picture, scene.face));
    EXPECT_FALSE(ripple({.width = 63, .height = 200, .channels = 1, .pixels = SecretBytes(63 * 200)}, {}));
    EXPECT_FALSE(ripple({.width = 100, .height = 100, .channels = 3, .pixels = SecretBytes(99)}, {}));
}

TEST(Moire, TheMiddleOfFourFramesAndMoreDecides) {
    const auto outcome = [](std::vector<float> ripples) { return moire(ripples).outcome; };
    EXPECT_EQ(outcome({900, 900, 900}), Outcome::not_assessed);
    EXPECT_EQ(outcome({900, 900, 900, 900}), Outcome::fail);
    EXPECT_EQ(outcome({20, 900, 30, 10}), Outcome::pass) << "one frame says nothing";
    EXPECT_EQ(outcome({300, 320, 330, 350, 310}), Outcome::not_assessed);
    EXPECT_NEAR(moire(std::vector<float>(5, 40)).margin, 1, 1e-5);
    EXPECT_NEAR(moire(std::vector<float>(5, 4000)).margin, -1, 1e-5);
    EXPECT_EQ(outcome(std::vector<float>(5, 0)), Outcome::pass);
}

struct Looks { // of the detector at frames 100 ms apart
    Moire moire;
    Instant now{std::chrono::hours(1)};
    Outcome after(const Scene& scene, int frames) {
        for (int i = 0; i < frames; ++i, now += Milliseconds(100))
            moire.add_face({scene.picture, scene.face, {}, now});
        return moire.evidence().front().outcome;
    }
};

TEST(Moire, WhatPassedGoesWithTheFaceAndWhatFailedStays) {
    Looks looks;
    EXPECT_EQ(looks.after(Scene(nothing), 3), Outcome::not_assessed);
    EXPECT_EQ(looks.after(Scene(nothing), 1), Outcome::pass);
    looks.moire.reset_for_new_face();
    EXPECT_EQ(looks.after(Scene(nothing), 0), Outcome::not_assessed);
    EXPECT_EQ(looks.after(Scene(screen), 4), Outcome::fail);
    looks.moire.reset_for_new_face();
    EXPECT_EQ(looks.after(Scene(nothing), 30), Outcome::fail);
}

TEST(Moire, LooksAtTwelveFramesOfASecondAtMost) {
    Looks looks;
    const Scene scene(screen);
    for (int i = 0; i < 4; ++i)
        looks.moire.add_face({scene.picture, scene.face, {}, looks.now + Milliseconds(20 * i)});
    EXPECT_EQ(looks.moire.evidence().front().outcome, Outcome::not_assessed);
}

} // namespace
} // namespace kaomon::liveness
