// Heads and sheets before the simulated camera, by their geometry; what the face pipeline and liveness make
// of them is tested in tests/daemon/liveness.
#include "drivers/camera/simulated/head.hpp"
#include "drivers/camera/simulated/performance.hpp"
#include "tests/drivers/camera/picture.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>

namespace kaomon::camera::simulated {
namespace {

constexpr int width = 320, height = 240;

Canvas still_with_eyes() {
    Canvas canvas = paint(test_picture(320, 240), {}, width, height);
    canvas.eyes = Eyes{150, 110, 200, 110};
    return canvas;
}

TEST(Presentation, IsBonaFideOrAnAttack) {
    int living = 0;
    for (const auto one : values<Presentation>())
        living += bona_fide(one);
    EXPECT_EQ(living, 7);
    for (const auto attack : {Presentation::flat, Presentation::cutout, Presentation::frozen})
        EXPECT_FALSE(bona_fide(attack));
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
    std::set<std::vector<std::uint64_t>> shown; // over some seconds: not everybody speaks at once
    for (const auto presentation : values<Presentation>()) {
        Performance performance(presentation, 3);
        std::vector<std::uint64_t> course;
        for (const double seconds : {0.7, 1.6, 2.5, 3.4, 4.3, 5.2})
            std::ranges::copy(performance.at(still, seconds).pixels, std::back_inserter(course));
        shown.insert(std::move(course));
    }
    // What is injected is the recording of the live head; a child sits elsewhere, and is else as calm.
    EXPECT_EQ(shown.size(), values<Presentation>().size() - 4);
}

TEST(Performance, AnInjectedFeedDoesWhatIsRecorded) {
    const Canvas still = still_with_eyes();
    for (const auto& [attacker, answers] :
         {std::pair{Attacker::unaware, false}, {Attacker::answering, true}}) {
        Performance clip(Presentation::clip, 3, attacker), untold(Presentation::clip, 3);
        clip.ask(fault::Ask::left, 1.0);
        EXPECT_EQ(clip.at(still, 1.2).pixels, untold.at(still, 1.2).pixels) << "not within 300 ms";
        EXPECT_EQ(clip.at(still, 2.2).pixels != untold.at(still, 2.2).pixels, answers);
    }
}

TEST(Performance, BehindTheHolesOfAPrintEyesBlink) {
    const Canvas still = still_with_eyes();
    Performance cutout(Presentation::cutout, 3), print(Presentation::flat, 3);
    const Canvas with_holes = cutout.at(still, 0.7), whole = print.at(still, 0.7);
    int differ = 0, nearby = 0;
    for (int y = 0; y < still.height; ++y) {
        for (int x = 0; x < still.width; ++x) {
            if (with_holes.pixels[static_cast<std::size_t>(y * still.width + x)] ==
                whole.pixels[static_cast<std::size_t>(y * still.width + x)])
                continue;
            ++differ;
            nearby += std::abs(y - 110) < 40 && x > 110 && x < 240;
        }
    }
    EXPECT_GT(differ, 100);
    EXPECT_EQ(differ, nearby) << "holes where the eyes are";
    Behaviour eyes(Presentation::cutout, 3);
    float most = 0;
    for (int i = 0; i < 1000; ++i)
        most = std::max(most, eyes.behind(i / 100.0).closure);
    EXPECT_GT(most, 0.4F);
}

TEST(Performance, AChildIsLowerAndSmaller) {
    const Image picture = test_picture(320, 240);
    const Part part{.eyes = Eyes{150, 100, 200, 100}};
    const Canvas adult = paint(picture, part, width, height, seat_of(Presentation::calm)),
                 child = paint(picture, part, width, height, seat_of(Presentation::child));
    EXPECT_GT(child.eyes->left_y, adult.eyes->left_y + 0.1F * height);
    EXPECT_NEAR((child.eyes->right_x - child.eyes->left_x) / (adult.eyes->right_x - adult.eyes->left_x), 0.85,
                0.01);
}

TEST(Head, SpeechOpensTheLipsAndMovesTheJawOnly) {
    Canvas still = still_with_eyes();
    still.eyes = Eyes{130, 60, 210, 60}; // 80 pixels apart: the lips meet at 146
    Canvas closed = still, open = still;
    show_head(still, {}, closed);
    show_head(still, {.mouth = 1}, open);
    EXPECT_NE(open.at(170, 150), closed.at(170, 150)) << "between the lips";
    EXPECT_NE(open.at(170, 170), closed.at(170, 170)) << "the chin";
    EXPECT_EQ(open.at(170, 130), closed.at(170, 130)) << "the upper lip";
    EXPECT_EQ(open.at(110, 160), closed.at(110, 160)) << "the cheek";
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
