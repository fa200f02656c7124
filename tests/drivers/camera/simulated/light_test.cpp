// What the colours of the patient's screen change in the picture.
#include "drivers/camera/simulated/light.hpp"
#include "drivers/camera/simulated/performance.hpp"
#include "tests/drivers/camera/picture.hpp"

#include <gtest/gtest.h>

#include <array>

namespace kaomon::camera::simulated {
namespace {

constexpr Rgb red{255, 0, 0}, blue{0, 0, 255};

Canvas still_with_eyes() {
    Canvas canvas = paint(test_picture(320, 240), {}, 320, 240);
    canvas.eyes = Eyes{150, 110, 200, 110};
    return canvas;
}

// Mean levels of a square of 20 pixels.
std::array<double, 3> mean(const Canvas& canvas, int left, int top) {
    std::array<double, 3> sum{};
    for (int y = top; y < top + 20; ++y) {
        for (int x = left; x < left + 20; ++x) {
            const auto pixel = canvas.pixels[static_cast<std::size_t>(y * canvas.width + x)];
            for (std::size_t channel = 0; channel < 3; ++channel)
                sum[channel] += static_cast<double>(pixel >> (16 * channel) & 0xff) / 400;
        }
    }
    return sum;
}
// By how much each channel of a place grows.
std::array<double, 3> grown(Presentation presentation, const Rgb& colour, int left, int top) {
    const Canvas still = still_with_eyes();
    Performance dark(presentation, 2), lit(presentation, 2);
    lit.light(colour);
    const auto before = mean(dark.at(still, 1), left, top), after = mean(lit.at(still, 1), left, top);
    return {after[0] - before[0], after[1] - before[1], after[2] - before[2]};
}

TEST(Lamp, AddsAShareOfTheRoomsLightInItsColour) {
    const Lamp lamp(red, 0.25, 0);
    const std::uint64_t grey = 0x0080'0080'0080;
    const auto seen = lamp.on(grey);
    EXPECT_EQ(seen & 0xff, 142U); // ((128 + 14.025) / 269.025)^2.4 * 1.25 = 0.2698 in linear light
    EXPECT_EQ(seen >> 16, grey >> 16);
    const Lamp half({128, 0, 0}, 0.25, 0);
    EXPECT_LT(half.on(grey) & 0xff, 133U) << "sRGB 128 is a fifth of the light of 255";
    EXPECT_EQ(Lamp({0, 0, 0}, 0.3, 0.04F).on(grey), grey);
}

TEST(Lamp, AMirrorAddsTheSameToDarkAndBright) {
    const Lamp lamp(blue, 0, mirror_of_glass);
    EXPECT_GT(lamp.on(0) >> 32, 50U) << "4 % of the light is level 56";
    EXPECT_LT((lamp.on(0x00ff'00ff'00ff) >> 32) - 255, 1U);
}

TEST(Light, SkinAnswersInTheAskedColourAndTheBackgroundHardly) {
    for (const auto living : {Presentation::calm, Presentation::old, Presentation::glasses}) {
        const auto skin = grown(living, red, 165, 135);
        EXPECT_GT(skin[0], 4) << word(living);
        EXPECT_LT(skin[1], 0.5);
        EXPECT_LT(skin[2], 0.5);
        EXPECT_LT(grown(living, red, 5, 20)[0], skin[0] / 4);
        EXPECT_GT(grown(living, blue, 165, 135)[2], 4);
    }
}

TEST(Light, APrintAndAScreenAnswerAndAnInjectedFeedDoesNot) {
    EXPECT_GT(grown(Presentation::flat, red, 165, 135)[0], 4);
    EXPECT_GT(grown(Presentation::telephone, red, 165, 135)[0], 1);
    for (const auto injected : {Presentation::clip, Presentation::loop, Presentation::frozen}) {
        const auto fed = grown(injected, red, 165, 135);
        EXPECT_EQ(fed[0], 0) << word(injected);
    }
}

TEST(Light, EndsWhenTheScreenIsDark) {
    const Canvas still = still_with_eyes();
    Performance dark(Presentation::calm, 2), lit(Presentation::calm, 2);
    lit.light(red);
    lit.light({});
    EXPECT_EQ(lit.at(still, 1).pixels, dark.at(still, 1).pixels);
}

} // namespace
} // namespace kaomon::camera::simulated
