// A crop's pixels are what the picture has there, and the same however many are taken at once.
#include "daemon/liveness/sampling.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace kaomon::liveness {
namespace {

Image noise(int width, int height, int channels) {
    std::mt19937 random(11);
    Image picture{.width = width, .height = height, .channels = channels, .pixels = {}};
    picture.pixels.resize(picture.stride() * static_cast<std::size_t>(height));
    for (auto& pixel : picture.pixels)
        pixel = static_cast<std::uint8_t>(random());
    return picture;
}

constexpr std::array placements{
    Placement{1, 0, 40, 30}, // pixel upon pixel
    Placement{0.7F, 0.1F, 33.3F, 51.7F},
    Placement{1.5F, -0.4F, 60, 20},
    Placement{2.1F, 0.3F, -50, -80}, // coarse, over the borders
    Placement{-1.2F, 0.2F, 200, 290},
    Placement{9, 9, -700, -900},
};

TEST(Sampling, EightAtOnceAreTheSameAsFourToTheLastBit) {
    if (!eight_at_once())
        GTEST_SKIP() << "NOT TESTED: this processor has no AVX2";
    constexpr std::size_t size = std::size_t{FaceCrop::width} * FaceCrop::height;
    for (const Image& picture : {noise(320, 240, 3), noise(2, 2, 3), noise(131, 97, 3)}) {
        for (const Placement& place : placements) {
            std::vector<float> four(size), eight(size);
            sample_by_four(picture, place, four.data());
            sample_by_eight(picture, place, eight.data());
            EXPECT_EQ(four, eight) << picture.width << ' ' << place.a << ' ' << place.b;
        }
    }
}

TEST(Sampling, ARampStaysARampGreyAndGreen) {
    for (const int channels : {1, 3}) {
        Image ramp = noise(256, 256, channels);
        for (std::size_t i = 0; i < ramp.pixels.size(); i += static_cast<std::size_t>(channels)) {
            const std::size_t pixel = i / static_cast<std::size_t>(channels);
            ramp.pixels[i + (channels == 3 ? 1 : 0)] =
                static_cast<std::uint8_t>((pixel % 256 + pixel / 256) / 4);
        }
        for (const Placement& place : {Placement{0.5F, 0, 20, 30}, Placement{1.7F, 0.2F, 30, 10}}) {
            const Grey grey = sample(ramp, place);
            for (const auto& [x, y] : {std::pair{3, 5}, std::pair{100, 60}}) {
                const face::Point at = place.out_of(static_cast<float>(x), static_cast<float>(y));
                EXPECT_NEAR(grey.at(x, y), (at.x + at.y) / 4, 0.8F) << channels; // of rounding to levels
            }
        }
    }
}

TEST(Sampling, OutsideTheBorderGoesOn) {
    Image picture = noise(8, 8, 1);
    picture.pixels.assign(64, 10);
    picture.pixels[0] = 200; // upper left
    picture.pixels[63] = 90; // lower right
    const Grey grey = sample(picture, {1, 0, -60, -60});
    EXPECT_EQ(grey.at(0, 0), 200);
    EXPECT_NEAR(grey.at(127, 127), 90, 2); // a hundredth of a pixel before it
    EXPECT_NEAR(grey.at(0, 127), 10, 1);
}

TEST(Sampling, AFaceLargerThanTheCropIsAveraged) {
    Image stripes = noise(640, 640, 1);
    for (std::size_t i = 0; i < stripes.pixels.size(); ++i)
        stripes.pixels[i] = i % 2 == 0 ? 0 : 200;
    const auto contrast = [&](float scale) {
        const Grey grey = sample(stripes, {scale, 0, 100, 100});
        float sum = 0;
        for (int x = 0; x < 64; ++x)
            sum += std::abs(grey.at(x, 20) - 100);
        return sum / 64;
    };
    EXPECT_FALSE((Placement{1.55F, 0, 0, 0}).coarse());
    EXPECT_TRUE((Placement{1.65F, 0, 0, 0}).coarse());
    EXPECT_LT(contrast(2), 5);
    EXPECT_GT(contrast(1), 90);
}

} // namespace
} // namespace kaomon::liveness
