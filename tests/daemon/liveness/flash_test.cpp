#include "daemon/liveness/flash.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

namespace kaomon::liveness {
namespace {

using Bytes = std::array<std::uint8_t, 3>;

constexpr Bytes green{0, 211, 0}, magenta{255, 137, 255}, orange{255, 162, 56}, sky{0, 196, 255};
constexpr std::array<Bytes, flash_steps> asked_for{green, sky, magenta, green, orange, sky};

float linear(std::uint8_t value) {
    const float c = static_cast<float>(value) / 255;
    return c <= 0.04045F ? c / 12.92F : std::pow((c + 0.055F) / 1.055F, 2.4F);
}

// A made-up screen, room, skin and camera.
struct Setting {
    std::array<Bytes, flash_steps> shows = asked_for; // whose light falls on the skin
    float strength = 0.1F;                            // of a white screen, of the room's light
    float noise = 0.0015F;                            // of the mean of a frame's skin
    Milliseconds frame{33}, lag{40};                  // of the display, after it was said to show
    Milliseconds apart{520};                          // from one colour to the next
    std::function<std::array<float, 3>(float)> room = [](float) { return std::array{1.0F, 1.0F, 1.0F}; };
    std::uint32_t seed = 1;

    std::vector<FlashStep> asked() const {
        std::vector<FlashStep> steps;
        for (std::size_t i = 0; i < flash_steps; ++i)
            steps.push_back({Instant(Milliseconds(2000)) + static_cast<int>(i) * apart, asked_for[i]});
        return steps;
    }
    std::vector<SkinSample> seen() const {
        const auto steps = asked();
        std::vector<SkinSample> samples;
        std::mt19937 random(seed);
        std::normal_distribution<float> normal(0, noise);
        const std::array<float, 3> skin{0.45F, 0.28F, 0.20F};
        for (Instant t{Milliseconds(1800)}; t < steps.back().shown + Milliseconds(600); t += frame) {
            SkinSample sample{t, {}};
            std::array<float, 3> light{};
            for (std::size_t i = 0; i < flash_steps; ++i) {
                for (std::size_t c = 0; c < 3 && steps[i].shown + lag <= t; ++c)
                    light[c] = linear(shows[i][c]);
            }
            const auto around = room(std::chrono::duration<float>(t.time_since_epoch()).count() - 2);
            for (std::size_t c = 0; c < 3; ++c)
                sample.colour[c] = skin[c] * (around[c] + strength * light[c]) * (1 + normal(random));
            samples.push_back(sample);
        }
        return samples;
    }
    Evidence judged() const { return flash(asked(), seen()); }
    Outcome outcome() const { return judged().outcome; }
};

Setting replay(std::array<Bytes, flash_steps> other = {magenta, green, orange, magenta, sky, orange}) {
    return {.shows = other};
}

TEST(Flash, SkinThatFollowsTheScreenPasses) {
    const Evidence evidence = Setting{}.judged();
    EXPECT_EQ(evidence.outcome, Outcome::pass);
    EXPECT_GT(evidence.margin, 0);
}

TEST(Flash, ALightOfAnotherTimeFails) {
    const Evidence evidence = replay().judged();
    EXPECT_EQ(evidence.outcome, Outcome::fail);
    EXPECT_LT(evidence.margin, 0);
}

// A recording of another visit shows one of the 600 orders.
TEST(Flash, ARecordingSeldomAgreesAndNeverOftenEnough) {
    std::mt19937 random(3);
    const std::array colours{green, magenta, orange, sky};
    int passed = 0, failed = 0;
    constexpr int trials = 1000;
    for (int trial = 0; trial < trials; ++trial) {
        std::array<Bytes, flash_steps> other{};
        for (std::size_t i = 0; i < other.size(); ++i) {
            do
                other[i] = colours[random() % 4];
            while (i > 0 && other[i] == other[i - 1]);
        }
        const auto outcome = replay(other).outcome();
        passed += outcome == Outcome::pass;
        failed += outcome == Outcome::fail;
    }
    EXPECT_LE(passed, trials / 100);
    EXPECT_GE(failed, trials * 2 / 5);
}

// The property: whatever weakens a view, its answer keeps its sign or is not assessed.
TEST(Flash, WeakerViewsKeepTheirSignOrSayNothing) {
    int told = 0;
    for (const bool true_light : {true, false}) {
        const Outcome right = true_light ? Outcome::pass : Outcome::fail;
        const Outcome wrong = true_light ? Outcome::fail : Outcome::pass;
        for (const float strength : {0.3F, 0.1F, 0.05F, 0.02F, 0.01F, 0.003F, 0.0F}) {
            for (const float noise : {0.0005F, 0.002F, 0.005F, 0.02F}) {
                for (const int frame : {33, 66, 100, 200}) {
                    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
                        Setting setting = true_light ? Setting{} : replay();
                        setting.strength = strength, setting.noise = noise, setting.seed = seed;
                        setting.frame = Milliseconds(frame);
                        EXPECT_NE(setting.outcome(), wrong)
                            << true_light << ' ' << strength << ' ' << noise << ' ' << frame;
                        told += setting.outcome() == right;
                    }
                }
            }
        }
    }
    EXPECT_GT(told, 300) << "of 1120";
}

TEST(Flash, FiveFramesASecondAreEnoughToPassAndTenToFail) {
    for (const bool true_light : {true, false}) {
        Setting setting = true_light ? Setting{} : replay();
        setting.frame = Milliseconds(100);
        EXPECT_EQ(setting.outcome(), true_light ? Outcome::pass : Outcome::fail);
        setting.frame = Milliseconds(200);
        EXPECT_EQ(setting.outcome(), true_light ? Outcome::pass : Outcome::not_assessed);
        setting.frame = Milliseconds(600);
        EXPECT_EQ(setting.outcome(), Outcome::not_assessed);
    }
}

TEST(Flash, HowLongADisplayTakes) {
    for (const int lag : {0, 50, 100, 190}) {
        Setting setting;
        setting.lag = Milliseconds(lag);
        EXPECT_EQ(setting.outcome(), Outcome::pass) << lag;
    }
    for (const int lag : {300, 400, 530, 700, 900}) { // nobody's fault but the installation's
        Setting setting;
        setting.lag = Milliseconds(lag);
        EXPECT_EQ(setting.outcome(), Outcome::not_assessed) << lag;
    }
}

TEST(Flash, ALightRoomSaysNothing) {
    Setting setting;
    setting.noise = 0.0002F;
    setting.strength = 0.05F;
    EXPECT_EQ(setting.outcome(), Outcome::pass);
    setting.strength = 0.02F;
    EXPECT_EQ(setting.outcome(), Outcome::not_assessed) << "no more than glass mirrors";
    Setting other = replay();
    other.noise = 0.0002F;
    other.strength = 0.05F;
    EXPECT_EQ(other.outcome(), Outcome::fail);
    other.strength = 0.015F;
    EXPECT_EQ(other.outcome(), Outcome::not_assessed) << "nobody is suspected for so little";
}

// Of one who is there though a screen lights him: a window, a lamp, a camera that balances its white.
TEST(Flash, NobodyIsSuspectedForTheRoom) {
    const std::vector<std::function<std::array<float, 3>(float)>> rooms{
        [](float t) { return std::array{1 + 0.1F * t, 1.0F, 1 - 0.1F * t}; }, // dusk
        [](float t) {                                                         // a cloud
            const float cloud = std::tanh(3 * (t - 1.5F));
            return std::array{1 + 0.05F * cloud, 1.0F, 1 - 0.1F * cloud};
        },
        [](float t) { // turning the head between a lamp and a window
            const float turn = std::sin(2 * t);
            return std::array{1 + 0.15F * turn, 1.0F, 1 - 0.15F * turn};
        },
        [](float t) { // a lamp that flickers
            const float flicker = std::sin(40 * t);
            return std::array{1 + 0.1F * flicker, 1.0F, 1 - 0.1F * flicker};
        },
        [](float t) { // a switch
            const bool on = t > 1.3F;
            return std::array{on ? 2.0F : 1.0F, on ? 1.8F : 1.0F, on ? 1.4F : 1.0F};
        },
        [](float t) { // exposure steps
            const float gain = std::exp2(std::floor(3 * t) / 3 - 1);
            return std::array{gain, gain, gain};
        }};
    for (const auto& room : rooms) {
        for (const float strength : {0.0F, 0.02F, 0.1F}) {
            Setting setting;
            setting.room = room, setting.strength = strength;
            EXPECT_NE(setting.outcome(), Outcome::fail) << &room - rooms.data() << ' ' << strength;
        }
    }
    Setting brighter;
    brighter.room = rooms.back();
    brighter.strength = 0.3F;
    EXPECT_EQ(brighter.outcome(), Outcome::pass) << "brightness alone falls out";
}

TEST(Flash, OnlyTheWholeOfTheColoursIsJudged) {
    const Setting setting;
    auto asked = setting.asked();
    const auto seen = setting.seen();
    asked.pop_back();
    EXPECT_EQ(flash(asked, seen).outcome, Outcome::not_assessed);
    EXPECT_EQ(flash({}, {}).outcome, Outcome::not_assessed);
    EXPECT_EQ(flash(setting.asked(), {}).outcome, Outcome::not_assessed);
}

// Where the answer changes, between two settings with different ones.
float turns(const std::function<Setting(float)>& with, float from, float to) {
    const Outcome first = with(from).outcome();
    EXPECT_NE(first, with(to).outcome());
    for (int i = 0; i < 24; ++i) {
        const float middle = (from + to) / 2;
        (with(middle).outcome() == first ? from : to) = middle;
    }
    return from;
}

// Each limit has its place: what moves one by a fifth moves a turning point.
TEST(Flash, TheLimitsLieWhereTheySay) {
    const auto quiet = [](Setting setting, float strength) {
        setting.noise = 0, setting.strength = strength;
        return setting;
    };
    const auto pass = [&](float strength) { return quiet({}, strength); };
    EXPECT_NEAR(turns(pass, 0, 0.1F), 0.0343, 0.002) << "least_change";
    const auto fail = [&](float strength) { return quiet(replay(), strength); };
    EXPECT_NEAR(turns(fail, 0, 0.1F), 0.0345, 0.002) << "least_change";
    const auto tinted = [&](float tint) { // what the room does during one colour
        Setting setting = quiet({}, 0.1F);
        setting.room = [tint](float t) {
            const bool in_it = t > 1.1F && t < 1.58F;
            return std::array{in_it ? 1 - tint : 1.0F, 1.0F, in_it ? 1 - tint : 1.0F};
        };
        return setting;
    };
    EXPECT_NEAR(turns(tinted, 0, 0.2F), 0.0756, 0.004) << "pass_limit";
    const auto half_true = [&](float share) { // a recording, and some of the screen's light beside it
        Setting setting = quiet(replay(), 0.1F);
        setting.room = [share, asked = setting.asked()](float t) {
            std::array<float, 3> light{1, 1, 1};
            for (const FlashStep& step : asked) {
                const auto since =
                    t + 2 - std::chrono::duration<float>(step.shown.time_since_epoch()).count();
                for (std::size_t c = 0; c < 3 && since >= 0.04F; ++c)
                    light[c] = 1 + share * 0.1F * linear(step.colour[c]);
            }
            return light;
        };
        return setting;
    };
    EXPECT_NEAR(turns(half_true, 0, 1), 0.565, 0.02) << "fail_limit";
    const auto noisy = [&](float noise) {
        Setting setting = replay();
        setting.noise = noise;
        return setting;
    };
    EXPECT_NEAR(turns(noisy, 0, 0.03F), 0.0071, 0.0009) << "steady";
}

TEST(Flash, FramesThatMayShowAnotherColourDoNotCount) {
    const auto judged = [](int from, int to) { // frames of that age of a colour show nonsense
        const Setting setting;
        auto seen = setting.seen();
        for (SkinSample& sample : seen) {
            bool other = false;
            for (const FlashStep& step : setting.asked()) {
                const auto age = sample.captured - step.shown;
                other = !other;
                if (age >= Milliseconds(from) && age < Milliseconds(to))
                    sample.colour = {other ? 0.2F : 0.9F, other ? 0.9F : 0.2F, 0.3F};
            }
        }
        return flash(setting.asked(), seen).outcome;
    };
    EXPECT_EQ(judged(0, 200), Outcome::pass);
    EXPECT_EQ(judged(441, 520), Outcome::pass);
    EXPECT_NE(judged(0, 235), Outcome::pass);
    EXPECT_NE(judged(405, 520), Outcome::pass);
}

// The detector before a camera that sees skin all over.
struct Looks {
    Flash flash;
    face::Observation face;
    Looks() {
        face.five = {face::Point{20, 20}, face::Point{62, 20}};
        face.mesh[50] = {28, 40, 0}, face.mesh[280] = {54, 40, 0};
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
            const float light = bright * sample.colour[i % 3];
            const float value = 255 * (1.055F * std::pow(light, 1 / 2.4F) - 0.055F);
            random = random * 1664525 + 1013904223;
            picture.pixels[i] =
                static_cast<std::uint8_t>(std::min(255.0F, value + static_cast<float>(random >> 16) / 65536));
        }
        flash.add_face({picture, face, {}, sample.captured});
    }
    std::uint32_t random = 1;
};

TEST(Flash, CheeksAreWhatIsLookedAt) {
    EXPECT_EQ(Looks().after({}), Outcome::pass);
    EXPECT_EQ(Looks().after(replay()), Outcome::fail);
    EXPECT_EQ(Looks().after({}, 1), Outcome::not_assessed) << "a grey camera";
    EXPECT_EQ(Looks().after({}, 3, 2.5F), Outcome::not_assessed) << "over-exposed cheeks have no colour";
    EXPECT_EQ(Looks().after({}, 3, 0.003F), Outcome::not_assessed) << "nor have black ones";
}

TEST(Flash, NothingIsJudgedWithoutAScreen) {
    Looks looks;
    for (const SkinSample& sample : Setting{}.seen())
        looks.show(sample);
    EXPECT_EQ(looks.outcome(), Outcome::not_assessed);
}

TEST(Flash, ALightThatBreaksOffSaysNothing) {
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

TEST(Flash, WhatPassedGoesWithTheFaceAndWhatFailedStays) {
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

TEST(Flash, SkinOfAnotherFaceIsNotJudgedAlong) {
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
