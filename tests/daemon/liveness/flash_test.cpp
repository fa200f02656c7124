#include "daemon/liveness/flash.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace kaomon::liveness {
namespace {

struct Screen { // a made-up screen, skin and camera
    std::vector<FlashStep> asked;
    Milliseconds delay{120};
    float strength = 0.05F; // of the screen's light against the room's
    float noise = 0.001F;

    explicit Screen(std::uint64_t random = 7, int count = 8) {
        Instant when{std::chrono::seconds(1)};
        for (const auto& colour : flash_colours(random, count)) {
            asked.push_back({when, colour});
            when += Milliseconds(350);
        }
    }
    // `answers`: the colours that really come back
    std::vector<SkinSample> seen(const std::vector<FlashStep>& answers) const {
        std::vector<SkinSample> samples;
        std::mt19937 random(1);
        std::normal_distribution<float> normal(0, noise);
        const std::array<float, 3> skin{0.45F, 0.28F, 0.20F};
        for (Instant t{Milliseconds(1100)}; t < asked.back().shown + Milliseconds(600);
             t += Milliseconds(33)) {
            SkinSample sample{t, {}};
            std::array<float, 3> light{};
            for (const FlashStep& step : answers) {
                if (step.shown + delay <= t)
                    light = step.colour;
            }
            for (std::size_t c = 0; c < 3; ++c)
                sample.colour[c] = skin[c] * (1 + strength * light[c]) * (1 + normal(random));
            samples.push_back(sample);
        }
        return samples;
    }
    Evidence judge(const std::vector<FlashStep>& answers) const { return flash(asked, seen(answers)); }
};

TEST(Flash, SkinThatFollowsTheScreenPasses) {
    for (const int delay : {40, 120, 300}) {
        Screen screen;
        screen.delay = Milliseconds(delay);
        const Evidence evidence = screen.judge(screen.asked);
        EXPECT_EQ(evidence.outcome, Outcome::pass) << delay;
        EXPECT_GT(evidence.margin, 0);
    }
}

TEST(Flash, ARecordingWithOtherColoursFails) {
    int failed = 0, passed = 0;
    for (std::uint64_t other = 1; other <= 40; ++other) {
        const Screen screen;
        const Evidence evidence = screen.judge(Screen(other * 0x9E3779B97F4A7C15).asked);
        passed += evidence.outcome == Outcome::pass;
        failed += evidence.outcome == Outcome::fail;
    }
    // Eight colours of two that may follow each: one recording in 128 is right by chance, more are nearly so.
    EXPECT_LE(passed, 1);
    EXPECT_GE(failed, 28);
}

TEST(Flash, TheRightColoursAtTheWrongTimeFail) {
    Screen screen;
    screen.delay = Milliseconds(900);
    EXPECT_EQ(screen.judge(screen.asked).outcome, Outcome::fail);
}

TEST(Flash, AWeakScreenSaysNothing) {
    Screen screen;
    screen.strength = 0.001F;
    EXPECT_EQ(screen.judge(screen.asked).outcome, Outcome::not_assessed) << "a bright room";
    EXPECT_EQ(flash({}, {}).outcome, Outcome::not_assessed);
    const Screen few(7, 3);
    EXPECT_EQ(few.judge(few.asked).outcome, Outcome::not_assessed);
}

TEST(Flash, ARoomThatGrowsBrighterIsNoAnswer) {
    const Screen screen;
    auto seen = screen.seen({});
    for (std::size_t i = 0; i < seen.size(); ++i) {
        for (float& value : seen[i].colour)
            value *= 1 + 0.01F * static_cast<float>(i);
    }
    EXPECT_EQ(flash(screen.asked, seen).outcome, Outcome::not_assessed);
}

TEST(Flash, ColoursAreHardToGuess) {
    const auto one = flash_colours(1, 12), other = flash_colours(2, 12);
    EXPECT_EQ(one.size(), 12U);
    EXPECT_NE(one, other);
    EXPECT_EQ(one, flash_colours(1, 12));
    for (std::size_t i = 1; i < one.size(); ++i)
        EXPECT_NE(one[i], one[i - 1]);
}

// The detector before a camera that sees skin all over, at 30 frames a second. `answer`: whose colours come
// back.
struct Looks {
    Flash flash;
    face::Observation face;
    Looks() {
        face.five = {face::Point{60, 60}, face::Point{130, 60}};
        face.mesh[50] = {70, 100, 0}, face.mesh[280] = {120, 100, 0};
    }
    Outcome after(const Screen& screen, const std::vector<FlashStep>& answer, int channels = 3) {
        return after(screen.seen(answer), channels);
    }
    Outcome after(const std::vector<SkinSample>& seen, int channels = 3) {
        for (const SkinSample& sample : seen) {
            Image picture{.width = 200, .height = 160, .channels = channels, .pixels = {}};
            picture.pixels.resize(picture.stride() * 160);
            for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
                const float light =
                    sample.colour[i % 3]; // to sRGB, each pixel rounded by a chance of its own
                const float value = 255 * (1.055F * std::pow(light, 1 / 2.4F) - 0.055F);
                random = random * 1664525 + 1013904223;
                picture.pixels[i] =
                    static_cast<std::uint8_t>(value + static_cast<float>(random >> 16) / 65536);
            }
            flash.add_face({picture, face, {}, sample.captured});
        }
        return flash.evidence().front().outcome;
    }
    std::uint32_t random = 1;
};

TEST(Flash, NothingIsJudgedWithoutAScreen) {
    const Screen screen;
    EXPECT_EQ(Looks().after(screen, screen.asked), Outcome::not_assessed);
}

TEST(Flash, CheeksThatFollowTheScreenPassAndGreyOnesSayNothing) {
    const Screen screen;
    Looks looks, grey;
    looks.flash.screen(screen.asked), grey.flash.screen(screen.asked);
    EXPECT_EQ(looks.after(screen, screen.asked), Outcome::pass);
    EXPECT_EQ(grey.after(screen, screen.asked, 1), Outcome::not_assessed);
}

TEST(Flash, WhatPassedGoesWithTheFaceAndWhatFailedStays) {
    const Screen screen;
    Looks looks;
    looks.flash.screen(screen.asked);
    looks.after(screen, screen.asked);
    looks.flash.reset_for_new_face();
    EXPECT_EQ(looks.after(screen, {}), Outcome::not_assessed);
    looks.flash.screen(screen.asked);
    Screen late;
    late.delay = Milliseconds(900);
    EXPECT_EQ(looks.after(late, screen.asked), Outcome::fail);
    looks.flash.reset_for_new_face();
    EXPECT_EQ(looks.after(screen, screen.asked), Outcome::fail);
}

TEST(Flash, SkinOfAnotherFaceOrOfOtherColoursIsNotJudgedAlong) {
    const Screen screen;
    auto before = screen.seen(screen.asked);
    const auto judged = [&](const SkinSample& sample) {
        return sample.captured >= screen.asked.back().shown + Milliseconds(400);
    };
    const auto middle = std::ranges::find_if(before, judged);
    const std::vector<SkinSample> rest(middle, before.end()); // too few to judge by
    before.erase(middle, before.end());
    ASSERT_FALSE(rest.empty());
    for (const bool another_face : {true, false}) {
        Looks looks;
        looks.flash.screen(screen.asked);
        EXPECT_EQ(looks.after(before), Outcome::not_assessed);
        if (another_face)
            looks.flash.reset_for_new_face();
        else
            looks.flash.screen(screen.asked);
        EXPECT_EQ(looks.after(rest), Outcome::not_assessed) << another_face;
    }
}

} // namespace
} // namespace kaomon::liveness
