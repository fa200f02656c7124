// Heads and sheets before the simulated camera, by their geometry; what the face pipeline and liveness make
// of them is tested in tests/daemon/liveness.
#include "drivers/camera/simulated/head.hpp"
#include "drivers/camera/simulated/performance.hpp"
#include "drivers/camera/simulated/relief.hpp"
#include "tests/drivers/camera/picture.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>

namespace kaomon::camera::simulated {
namespace {

constexpr int width = 320, height = 240;
constexpr Spot nose{0, 0.62F}, left_eye{-0.5F, 0}, right_eye{0.5F, 0};

Canvas still_with_eyes() {
    Canvas canvas = paint(test_picture(320, 240), {}, width, height);
    canvas.eyes = Eyes{150, 110, 200, 110};
    return canvas;
}

TEST(Presentation, IsBonaFideOrAnAttack) {
    for (const auto living :
         {Presentation::live, Presentation::calm, Presentation::glasses, Presentation::backlit})
        EXPECT_TRUE(bona_fide(living));
    for (const auto attack : {Presentation::flat, Presentation::telephone, Presentation::frozen})
        EXPECT_FALSE(bona_fide(attack));
    EXPECT_FALSE(bona_fide(Presentation::video));
}

TEST(Relief, AtRestNothingMoves) {
    for (const auto shape : {Relief::Shape::plane, Relief::Shape::cylinder, Relief::Shape::head}) {
        const Spot seen = Relief{shape}.seen({0.4F, 0.5F}, {});
        EXPECT_NEAR(seen.x, 0.4F, 1e-5);
        EXPECT_NEAR(seen.y, 0.5F, 1e-5);
    }
}

TEST(Relief, ATurningHeadMovesItsNoseAgainstItsEyes) {
    const Relief head{Relief::Shape::head};
    const Gesture turned{.yaw = 0.17F}; // 10 degrees
    const float nose_moved = head.seen(nose, turned).x - nose.x;
    const float eyes_moved =
        (head.seen(left_eye, turned).x + head.seen(right_eye, turned).x) / 2; // their middle was at 0
    EXPECT_GT(nose_moved, eyes_moved + 0.05F);
    const Relief plane{Relief::Shape::plane};
    EXPECT_NEAR(plane.seen(nose, turned).x, plane.seen({0, 0}, turned).x, 1e-3);
}

TEST(Relief, TheWayBackIsTheInverse) {
    for (const auto shape : {Relief::Shape::plane, Relief::Shape::cylinder, Relief::Shape::head}) {
        const Relief relief{shape};
        const Gesture gesture{.yaw = 0.2F, .pitch = -0.1F, .roll = 0.05F, .right = 0.1F, .scale = 1.04F};
        for (float x = -0.9F; x <= 0.9F; x += 0.3F) {
            for (float y = -0.8F; y <= 1.2F; y += 0.4F) {
                const Spot there = relief.seen(relief.under({x, y}, gesture), gesture);
                EXPECT_NEAR(there.x, x, 0.01F) << static_cast<int>(shape);
                EXPECT_NEAR(there.y, y, 0.01F) << static_cast<int>(shape);
            }
        }
    }
}

TEST(Head, LeavesTheBackgroundAlone) {
    const Canvas still = still_with_eyes();
    Canvas shown = still;
    show_head(still, {.yaw = 0.15F, .closure = 1}, shown);
    int changed = 0;
    for (int y = 0; y < still.height; ++y) {
        for (int x = 0; x < still.width; ++x) {
            if (shown.pixels[static_cast<std::size_t>(y * still.width + x)] ==
                still.pixels[static_cast<std::size_t>(y * still.width + x)])
                continue;
            ++changed;
            EXPECT_TRUE(std::abs(x - 175) < 100 && y > -10 && y < 270) << x << ' ' << y;
        }
    }
    EXPECT_GT(changed, 500);
}

TEST(Head, LidsCoverTheEyesOnly) {
    Canvas still = still_with_eyes();
    still.eyes = Eyes{130, 110, 210, 110}; // 80 pixels apart
    const std::uint64_t iris = 0x00ff'00ff'00ff;
    for (const int eye : {130, 210})
        still.at(eye, 110) = iris;
    const std::uint64_t cheek = still.at(130, 160);
    Canvas shown = still;
    show_head(still, {.closure = 1}, shown);
    EXPECT_NE(shown.at(130, 110), iris);
    EXPECT_NE(shown.at(210, 110), iris);
    EXPECT_EQ(shown.at(130, 160), cheek);
    show_head(still, {.closure = 0}, shown);
    EXPECT_EQ(shown.at(130, 110) & 0xff, 0xffU) << "open again";
}

TEST(Head, GlassesAreRimsAroundTheEyes) {
    const Canvas still = still_with_eyes(); // 50 pixels apart, at 150 and 200
    Canvas bare = still, shown = still;
    show_head(still, {}, bare);
    show_head(still, {}, shown, Worn::glasses);
    const auto luminance = [](std::uint64_t pixel) { return pixel >> 16 & 0xff; };
    EXPECT_EQ(shown.at(150, 110), bare.at(150, 110)) << "through the lens";
    EXPECT_EQ(shown.at(175, 160), bare.at(175, 160)) << "the mouth";
    EXPECT_LT(luminance(shown.at(150, 98)), 40U) << "the upper rim: 14 pixels above the middle of the lens";
    EXPECT_LT(luminance(shown.at(175, 108)), 40U) << "the bridge";
    Canvas turned = still;
    show_head(still, {.yaw = 0.15F}, turned, Worn::glasses);
    EXPECT_GE(luminance(turned.at(175, 108)) + luminance(turned.at(150, 98)), 40U)
        << "they turn with the head";
}

TEST(Head, AWindowMakesTheFaceDarkAndTheRestBright) {
    const Canvas still = still_with_eyes();
    Canvas shown = still;
    put_before_window(shown);
    const auto mean = [](const Canvas& canvas, int left, int top) {
        std::uint64_t sum = 0;
        for (int y = top; y < top + 20; ++y) {
            for (int x = left; x < left + 20; ++x)
                sum += const_cast<Canvas&>(canvas).at(x, y) >> 16 & 0xff;
        }
        return sum / 400;
    };
    EXPECT_LT(mean(shown, 165, 120), mean(still, 165, 120) / 2 + 5);
    EXPECT_GT(mean(shown, 5, 5), 150U);
}

TEST(Behaviour, ALiveHeadTurnsAndBlinksAndACalmOneDoesNot) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Behaviour live(Presentation::live, seed), calm(Presentation::calm, seed);
        float low = 1, high = -1, calm_low = 1, calm_high = -1;
        int blinks = 0;
        float before = 0;
        for (int i = 0; i < 500; ++i) {
            const Gesture gesture = live.head(i / 100.0), still = calm.head(i / 100.0);
            low = std::min(low, gesture.yaw), high = std::max(high, gesture.yaw);
            calm_low = std::min(calm_low, still.yaw), calm_high = std::max(calm_high, still.yaw);
            blinks += before == 0 && gesture.closure > 0;
            before = gesture.closure;
            EXPECT_EQ(still.closure, 0);
        }
        EXPECT_GT(high - low, 0.2F);
        EXPECT_LT(std::max(high, -low), 0.2F);
        EXPECT_LT(calm_high - calm_low, 0.03F);
        EXPECT_EQ(blinks, 2);
    }
}

TEST(Performance, AClipComesRoundAndAFrozenFeedStands) {
    const Performance live(Presentation::live, 1), loop(Presentation::loop, 1),
        frozen(Presentation::frozen, 1);
    EXPECT_EQ(live.content(60), 60U);
    EXPECT_EQ(loop.content(60), 10U);
    EXPECT_EQ(frozen.content(60), 0U);
}

TEST(Performance, AStillWithoutEyesStaysAStill) {
    Canvas still = still_with_eyes();
    still.eyes.reset();
    Performance live(Presentation::live, 1);
    EXPECT_EQ(live.at(still, 1.5).pixels, still.pixels);
}

TEST(Performance, EachInstrumentShowsSomethingOfItsOwn) {
    const Canvas still = still_with_eyes();
    std::set<std::vector<std::uint64_t>> shown;
    const std::array all{Presentation::live,   Presentation::glasses, Presentation::backlit,
                         Presentation::flat,   Presentation::bent,    Presentation::turned,
                         Presentation::screen, Presentation::video,   Presentation::telephone};
    for (const auto presentation : all) {
        Performance performance(presentation, 3);
        shown.insert(performance.at(still, 0.7).pixels);
    }
    EXPECT_EQ(shown.size(), all.size());
}

TEST(Sheet, APrintHasAWhiteBorderAndAScreenADarkOne) {
    const Canvas still = still_with_eyes();
    const auto brightest_beside = [&](Presentation presentation) {
        Performance performance(presentation, 3);
        const Canvas& shown = performance.at(still, 0.7);
        std::uint64_t most = 0;
        for (int x = 0; x < still.width / 2; ++x) // on the row of the middle, from the room into the sheet
            most = std::max(
                most, shown.pixels[static_cast<std::size_t>(still.height / 2 * still.width + x)] &
                          shown.pixels[static_cast<std::size_t>(still.height / 2 * still.width + x)] >> 32 &
                          0xff);
        return most;
    };
    EXPECT_GE(brightest_beside(Presentation::flat), 0xe0U);
    EXPECT_LT(brightest_beside(Presentation::screen), 0xe0U);
}

} // namespace
} // namespace kaomon::camera::simulated
