#include "tests/daemon/liveness/lit_room.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace kaomon::liveness {
namespace {

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
    EXPECT_EQ(setting.outcome(), Outcome::not_assessed) << "no more than noise and the room make";
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
    EXPECT_EQ(flash(asked, seen).evidence.outcome, Outcome::not_assessed);
    EXPECT_EQ(flash({}, {}).evidence.outcome, Outcome::not_assessed);
    EXPECT_EQ(flash(setting.asked(), {}).evidence.outcome, Outcome::not_assessed);
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
    const auto glossy = [&](float mirrored) {
        Setting setting = quiet({}, 0.1F);
        setting.mirrored = mirrored;
        return setting;
    };
    EXPECT_NEAR(turns(glossy, 0, 0.2F), 0.0118, 0.0008) << "between light that falls and light that is added";
    const auto hidden = [&](float noise) { // brows that something else moves before
        Setting setting = quiet({}, 0.1F);
        setting.brow_noise = noise;
        return setting;
    };
    EXPECT_NEAR(turns(hidden, 0, 0.5F), 0.1106, 0.004) << "alike";
    const auto fair = [&](float brow) {
        Setting setting = quiet({}, 0.1F);
        setting.brow = {0.45F * brow, 0.28F * brow, 0.2F * brow};
        return setting;
    };
    EXPECT_NEAR(turns(fair, 0.2F, 1), 0.5, 0.01) << "least_contrast";
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
                    sample.skin = {other ? 0.2F : 0.9F, other ? 0.9F : 0.2F, 0.3F};
            }
        }
        return flash(setting.asked(), seen).evidence.outcome;
    };
    EXPECT_EQ(judged(0, 200), Outcome::pass);
    EXPECT_EQ(judged(441, 520), Outcome::pass);
    EXPECT_NE(judged(0, 235), Outcome::pass);
    EXPECT_NE(judged(405, 520), Outcome::pass);
}

// The property: a display shows its own light, and what its glass mirrors is added to all of it alike.
TEST(Flash, WhatGlassMirrorsIsNoSkin) {
    int pass = 0, told = 0;
    for (const float mirrored : {0.01F, 0.02F, 0.04F, 0.08F}) {
        for (const float noise : {0.0F, 0.0015F, 0.005F}) {
            for (std::uint32_t seed = 1; seed <= 5; ++seed) {
                Setting setting;
                setting.strength = 0, setting.mirrored = mirrored, setting.noise = noise, setting.seed = seed;
                EXPECT_EQ(setting.outcome(), Outcome::not_assessed) << mirrored << ' ' << noise;
                told += setting.reflection().mirrored;
                setting.strength = 0.1F, setting.mirrored = mirrored / 10; // a camera's lens, before skin
                pass += setting.outcome() == Outcome::pass;
                EXPECT_FALSE(setting.reflection().mirrored) << mirrored << ' ' << noise;
            }
        }
    }
    EXPECT_GE(pass, 55) << "of 60";
    EXPECT_GE(told, 45) << "of 60; a glass that mirrors too little is not told";
}

TEST(Flash, BrowsThatCannotBeComparedSayNothing) {
    Setting setting;
    setting.brow = {0.3F, 0.2F, 0.15F}; // fair, grey or none
    EXPECT_EQ(setting.outcome(), Outcome::not_assessed);
    EXPECT_FALSE(setting.reflection().mirrored);
    Setting covered;
    covered.brow = {};
    EXPECT_EQ(covered.outcome(), Outcome::not_assessed) << "not seen";
    EXPECT_FALSE(covered.reflection().mirrored);
    Setting other;
    auto seen = other.seen();
    for (SkinSample& sample : seen)
        sample.brows = {0.08F, 0.06F, 0.05F};
    EXPECT_EQ(flash(other.asked(), seen).evidence.outcome, Outcome::not_assessed)
        << "they do not change at all";
}

} // namespace
} // namespace kaomon::liveness
