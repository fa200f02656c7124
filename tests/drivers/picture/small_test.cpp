#include "drivers/picture/small.hpp"

#include <gtest/gtest.h>

namespace kaomon::picture {
namespace {

// The left half dark, the right half light; `channels` alike.
Image halves(int width, int height, int channels) {
    Image image{.width = width, .height = height, .channels = channels, .pixels = {}};
    image.pixels.resize(image.stride() * static_cast<std::size_t>(height));
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        const auto x = static_cast<int>(i % image.stride()) / channels;
        image.pixels[i] = x < width / 2 ? 40 : 200;
    }
    return image;
}

TEST(SmallPicture, IsAtMostThatLargeAndShowsTheSame) {
    struct Size {
        int width, height, small_width, small_height;
    };
    for (const auto& [width, height, small_width, small_height] : {Size{640, 480, 320, 240},
                                                                   {320, 240, 320, 240},
                                                                   {1280, 720, 320, 180},
                                                                   {480, 1920, 60, 240},
                                                                   {1920, 1920, 240, 240}}) {
        for (const int channels : {1, 3}) {
            const Image small = made_small(halves(width, height, channels), 320, 240);
            EXPECT_EQ(small.width, small_width) << width;
            EXPECT_EQ(small.height, small_height) << height;
            EXPECT_EQ(small.channels, 3);
            EXPECT_EQ(small.pixels.front(), 40);
            EXPECT_EQ(small.pixels.back(), 200);
        }
    }
}

TEST(SmallPicture, EachPixelIsTheMeanOfItsSquareChannelByChannel) {
    Image image{
        .width = 5, .height = 3, .channels = 3, .pixels = {}}; // the last column and line are left out
    image.pixels.resize(image.stride() * 3);
    for (std::size_t i = 0; i < image.pixels.size(); ++i)
        image.pixels[i] = static_cast<std::uint8_t>(i);
    const Image small = made_small(image, 3, 2);
    // (0 + 3 + 15 + 18) / 4 = 9 and its neighbours
    EXPECT_EQ(small.pixels, (SecretBytes{9, 10, 11, 15, 16, 17}));
}

TEST(SmallPicture, MeansAreExactForEverySquareThatACameraNeeds) {
    for (int side = 1; side <= 16; ++side) {
        Image image{.width = side, .height = side, .channels = 1, .pixels = {}};
        image.pixels.resize(static_cast<std::size_t>(side * side));
        unsigned seed = 1;
        for (int turn = 0; turn < 200; ++turn) {
            unsigned sum = 0;
            for (auto& pixel : image.pixels)
                sum += pixel =
                    turn == 0 ? 255 : static_cast<std::uint8_t>((seed = seed * 1664525 + 1013904223) >> 24);
            ASSERT_EQ(made_small(image, 1, 1).pixels[0], sum / static_cast<unsigned>(side * side)) << side;
        }
    }
}

} // namespace
} // namespace kaomon::picture
