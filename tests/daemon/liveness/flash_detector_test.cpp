#include "tests/daemon/liveness/lit_room.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace kaomon::liveness {
namespace {

// The detector before a camera that sees skin all over.
struct Looks {
    Flash flash;
    face::Observation face;
    Looks() {
        face.five = {face::Point{20, 20}, face::Point{62, 20}};
        face.mesh[50] = {28, 40, 0}, face.mesh[280] = {54, 40, 0};
        for (const auto& [first, left] : {std::pair{std::array{53U, 52U, 65U, 63U, 105U, 66U}, 14.0F},
                                          std::pair{std::array{283U, 282U, 295U, 293U, 334U, 296U}, 52.0F}}) {
            for (std::size_t i = 0; i < first.size(); ++i)
                face.mesh[first[i]] = {left + 6 * static_cast<float>(i % 3), i < 3 ? 14.0F : 9.0F, 0};
        }
    }
    // The screen answers as it goes, and its answers reach the detector when they come.
    Outcome after(const Setting& setting, int channels = 3, float bright = 1) {
        const auto asked = setting.asked();
        std::size_t told = 0;
        for (const SkinSample& sample : setting.seen()) {
            while (told < asked.size() && asked[told].shown <= sample.captured)
                flash.screen(std::span(asked).first(++told));
            show(sample, channels, bright);
        }
        return outcome();
    }
    Outcome outcome() const { return flash.evidence().front().outcome; }
    void show(const SkinSample& sample, int channels = 3, float bright = 1) {
        Image picture{.width = 80, .height = 60, .channels = channels, .pixels = {}};
        picture.pixels.resize(picture.stride() * 60);
        for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
            // to sRGB, each pixel rounded by a chance of its own
            const bool brow = i / picture.stride() < brows_end;
            const float light = bright * (brow ? sample.brows : sample.skin)[i % 3];
            const float value = 255 * (1.055F * std::pow(light, 1 / 2.4F) - 0.055F);
            random = random * 1664525 + 1013904223;
            picture.pixels[i] =
                static_cast<std::uint8_t>(std::min(255.0F, value + static_cast<float>(random >> 16) / 65536));
        }
        flash.add_face({picture, face, {}, sample.captured});
    }
    static constexpr std::size_t brows_end = 18; // rows from the top
    std::uint32_t random = 1;
};

TEST(FlashDetector, CheeksAreWhatIsLookedAt) {
    EXPECT_EQ(Looks().after({}), Outcome::pass);
    EXPECT_EQ(Looks().after(replay()), Outcome::fail);
    EXPECT_EQ(Looks().after({}, 1), Outcome::not_assessed) << "a grey camera";
    EXPECT_EQ(Looks().after({}, 3, 2.5F), Outcome::not_assessed) << "over-exposed cheeks have no colour";
    EXPECT_EQ(Looks().after({}, 3, 0.003F), Outcome::not_assessed) << "nor have black ones";
}

TEST(FlashDetector, BrowsAreWhatSkinIsComparedWith) {
    Setting setting;
    setting.strength = 0, setting.mirrored = 0.04F;
    Looks glass;
    EXPECT_EQ(glass.after(setting), Outcome::not_assessed);
    EXPECT_EQ(glass.flash.mirrored(), 1);
    glass.flash.screen(setting.asked());
    glass.show(setting.seen().back());
    EXPECT_EQ(glass.flash.mirrored(), 1) << "each light is judged once";
    glass.flash.reset_for_new_face();
    EXPECT_EQ(glass.flash.mirrored(), 1) << "who takes the glass away and comes again has not shown more";
    setting.apart = Milliseconds(530); // another light
    EXPECT_EQ(glass.after(setting), Outcome::not_assessed);
    EXPECT_EQ(glass.flash.mirrored(), 2);
    Looks without;
    without.face.mesh.fill({});
    without.face.mesh[50] = {28, 40, 0}, without.face.mesh[280] = {54, 40, 0};
    EXPECT_EQ(without.after({}), Outcome::not_assessed);
    EXPECT_EQ(without.flash.mirrored(), 0);
}

TEST(FlashDetector, NothingIsJudgedWithoutAScreen) {
    Looks looks;
    for (const SkinSample& sample : Setting{}.seen())
        looks.show(sample);
    EXPECT_EQ(looks.outcome(), Outcome::not_assessed);
}

TEST(FlashDetector, ALightThatBreaksOffSaysNothing) {
    const Setting setting;
    const auto asked = setting.asked();
    for (std::size_t steps = 1; steps < flash_steps; ++steps) {
        Looks looks;
        for (const SkinSample& sample : replay().seen()) {
            const auto shown = std::ranges::upper_bound(asked, sample.captured, {}, &FlashStep::shown);
            const auto told = static_cast<std::size_t>(shown - asked.begin());
            looks.flash.screen(std::span(asked).first(told > steps ? 0 : told));
            looks.show(sample);
        }
        EXPECT_EQ(looks.outcome(), Outcome::not_assessed) << steps;
    }
}

TEST(FlashDetector, WhatPassedGoesWithTheFaceAndWhatFailedStays) {
    Looks looks;
    EXPECT_EQ(looks.after({}), Outcome::pass);
    looks.flash.screen({});
    EXPECT_EQ(looks.outcome(), Outcome::pass) << "the screen shows its view again";
    looks.flash.reset_for_new_face();
    EXPECT_EQ(looks.outcome(), Outcome::not_assessed);
    EXPECT_EQ(looks.after(replay()), Outcome::fail);
    looks.flash.reset_for_new_face();
    EXPECT_EQ(looks.after({}), Outcome::fail);
}

TEST(FlashDetector, SkinOfAnotherFaceIsNotJudgedAlong) {
    for (const auto& setting : {Setting{}, replay()}) {
        const auto asked = setting.asked();
        Looks looks;
        bool another = false;
        looks.flash.screen(asked);
        for (const SkinSample& sample : setting.seen()) {
            if (sample.captured > asked[3].shown && !another) {
                another = true;
                looks.flash.reset_for_new_face();
            }
            looks.show(sample);
        }
        EXPECT_EQ(looks.outcome(), Outcome::not_assessed);
    }
}

} // namespace
} // namespace kaomon::liveness
