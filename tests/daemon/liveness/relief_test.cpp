// Two views laid upon each other: what a head leaves over, and a sheet does not.
#include "daemon/liveness/relief_watch.hpp"
#include "tests/daemon/liveness/relief_faces.hpp"

#include <gtest/gtest.h>

namespace kaomon::liveness {
namespace {

TEST(Relief, AHeadThatTurnsALittleShowsAndToItsSide) {
    for (const float degrees : {1.5F, 3.F}) {
        const auto left = shift_between({}, {.yaw = degrees}), right = shift_between({}, {.yaw = -degrees});
        ASSERT_TRUE(left && right);
        EXPECT_GT(left->right, 0) << degrees;
        EXPECT_LT(right->right, 0) << degrees;
        EXPECT_TRUE(shows_relief(*left)) << left->significance;
        EXPECT_TRUE(shows_relief(*right)) << right->significance;
        EXPECT_NEAR(left->turn, degrees, 0.01F);
    }
}

TEST(Relief, ANodShowsAndUpIsUp) {
    const auto up = shift_between({}, {.pitch = 2}), down = shift_between({}, {.pitch = -2});
    ASSERT_TRUE(up && down);
    EXPECT_LT(up->down, 0);
    EXPECT_GT(down->down, 0);
    EXPECT_TRUE(shows_relief(*up) && shows_relief(*down));
}

TEST(Relief, ASheetThatTurnsHasNoneHoweverItIsBent) {
    for (const float bend : {0.F, 0.3F}) {
        for (const float degrees : {0.F, 2.F, 6.F}) {
            const auto shift =
                shift_between({.flat = true, .bend = bend}, {.yaw = degrees, .flat = true, .bend = bend});
            EXPECT_TRUE(!shift || !shows_relief(*shift)) << bend << ' ' << degrees;
        }
    }
}

TEST(Relief, AHeadThatDoesNotMoveHasNone) {
    const auto shift = shift_between({}, {});
    ASSERT_TRUE(shift);
    EXPECT_FALSE(shows_relief(*shift)) << shift->significance;
}

// The sign stays, or nothing is said.
TEST(Relief, MirroredDarkerOrNoisierItKeepsItsSign) {
    for (const bool mirrored : {false, true}) {
        for (const float gain : {0.4F, 1.F}) {
            for (const float noise : {1.F, 4.F, 12.F}) {
                const auto shift =
                    shift_between({.noise = noise, .mirrored = mirrored},
                                  {.yaw = 3, .noise = noise, .gain = gain, .mirrored = mirrored});
                if (shift && shows_relief(*shift)) {
                    EXPECT_GT(shift->right, 0) << mirrored << gain << noise;
                } else {
                    EXPECT_GT(noise, 1) << "a clear picture is enough";
                }
            }
        }
    }
}

TEST(Relief, NothingToCompareIsNothingSaid) {
    const ReliefView none = relief_view({}, {}, Instant{});
    EXPECT_TRUE(none.empty());
    EXPECT_FALSE(relief_shift(none, made_up_crop({}), made_up_face({})));
    EXPECT_FALSE(relief_shift(relief_view(made_up_crop({}), made_up_face({}), Instant{}), {}, {}));
    MadeUp other;
    other.seed = 3;
    const ReliefView view = relief_view(made_up_crop(other), made_up_face(other), Instant{});
    const auto elsewhere = textured([](float x, float y) { return face::Point{x + 500, y - 300}; });
    const auto shift = relief_shift(view, elsewhere, made_up_face({}));
    EXPECT_TRUE(!shift || !shows_relief(*shift)) << "another face altogether";
}

// Each limit has two sides.
TEST(ReliefLimits, EachOfThemCounts) {
    const ReliefShift good{.right = 0.36F, .down = 0, .significance = 8, .residual = 0.1F, .turn = 2};
    EXPECT_TRUE(shows_relief(good));
    const auto without = [&](auto change) {
        ReliefShift one = good;
        change(one);
        return shows_relief(one);
    };
    EXPECT_TRUE(without([](auto& one) { one.significance = 7.01F; }));
    EXPECT_FALSE(without([](auto& one) { one.significance = 6.99F; }));
    EXPECT_TRUE(without([](auto& one) { one.residual = 0.199F; }));
    EXPECT_FALSE(without([](auto& one) { one.residual = 0.201F; }));
    EXPECT_TRUE(without([](auto& one) { one.turn = 2.49F; }));
    EXPECT_FALSE(without([](auto& one) { one.turn = 2.51F; })) << "too little for so large a turn";
    EXPECT_TRUE(without([](auto& one) { one.right = 7.99F; }));
    EXPECT_FALSE(without([](auto& one) { one.right = 8.01F; })) << "astray";
}

TEST(ReliefLimits, FourOfTheNewestTen) {
    const ReliefShift good{.right = 0.36F, .down = 0, .significance = 8, .residual = 0.1F, .turn = 2};
    std::vector<ReliefShift> shifts(3, good);
    EXPECT_FALSE(shows_relief(shifts));
    shifts.push_back(good);
    EXPECT_TRUE(shows_relief(shifts));
    shifts.insert(shifts.end(), 6, ReliefShift{});
    EXPECT_TRUE(shows_relief(shifts));
    shifts.emplace_back();
    EXPECT_FALSE(shows_relief(shifts)) << "the first is forgotten";
}

FaceView seen(const FaceCrop& crop, const face::Observation& face, int milliseconds) {
    static const Image picture{.width = 2, .height = 2, .channels = 1, .pixels = SecretBytes(4, 0)};
    return {picture, face, crop, Instant(std::chrono::hours(1) + Milliseconds(milliseconds))};
}

TEST(ReliefWatch, ACalmHeadShowsWithinTwoSecondsAndASheetNever) {
    for (const bool flat : {false, true}) {
        ReliefWatch watch;
        for (int time = 0; time < 2000; time += 66) {
            MadeUp how{.yaw = 1.5F * std::sin(0.003F * static_cast<float>(time)), .flat = flat};
            how.seed = static_cast<unsigned>(time);
            watch.add(seen(made_up_crop(how), made_up_face(how), time));
        }
        EXPECT_EQ(watch.shown(), !flat);
        watch.reset();
        EXPECT_FALSE(watch.shown());
    }
}

} // namespace
} // namespace kaomon::liveness
