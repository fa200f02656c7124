#include "drivers/card/simulated/portrait.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::simulated {
namespace {

TEST(Portrait, JpegBecomesGrey) {
    const auto image = decode_jpeg(sample_jpeg(400, 300));
    ASSERT_TRUE(image);
    EXPECT_EQ(image->width, 400);
    EXPECT_EQ(image->height, 300);
    EXPECT_EQ(image->channels, 1);
    EXPECT_EQ(image->pixels.size(), 400U * 300U);
}

TEST(Portrait, WhatIsNoUsableJpegIsRefused) {
    for (const Bytes& bytes : {Bytes{}, hex("FFD8FFE0"), Bytes(1000, 0x41), sample_jpeg(63, 80)}) {
        const auto image = decode_jpeg(bytes);
        ASSERT_FALSE(image);
        EXPECT_EQ(image.error().reason, Reason::photo_malformed);
    }
}

TEST(Portrait, AreaMeansKeepTheBrightness) {
    Image image{480, 600, 1, SecretBytes(480 * 600)};
    for (std::size_t i = 0; i < image.pixels.size(); ++i)
        image.pixels[i] = i % 2 == 0 ? 100 : 200;
    const auto portrait = make_portrait(image, std::nullopt);
    ASSERT_TRUE(portrait);
    EXPECT_EQ(portrait->width, 240);
    EXPECT_EQ(portrait->height, 300);
    for (const std::uint8_t pixel : portrait->pixels)
        EXPECT_EQ(pixel, 150);
}

TEST(Portrait, ColourIsWeighted) {
    Image image{64, 80, 3, {}};
    for (int i = 0; i < 64 * 80; ++i)
        image.pixels.insert(image.pixels.end(), {255, 0, 0});
    EXPECT_EQ(make_portrait(image, std::nullopt)->pixels[100], 76); // 0.299 * 255
}

TEST(Portrait, TheCropIsTheMiddleOrAsGiven) {
    Image image{200, 100, 1, SecretBytes(200 * 100, 10)};
    for (std::size_t y = 0; y < 100; ++y) {
        for (std::size_t x = 0; x < 40; ++x)
            image.pixels[y * 200 + x] = 250; // a bright band at the left
    }
    EXPECT_EQ(make_portrait(image, std::nullopt)->pixels[0], 10);
    EXPECT_EQ(make_portrait(image, Crop{0, 0, 40, 50})->pixels[0], 250);
    for (const Crop& crop : {Crop{-1, 0, 40, 50}, Crop{0, 0, 201, 100}, Crop{190, 0, 40, 50},
                             Crop{0, 60, 40, 50}, Crop{0, 0, 31, 40}, Crop{2147483647, 0, 40, 50}}) {
        EXPECT_FALSE(make_portrait(image, crop));
    }
}

} // namespace
} // namespace kaomon::card::simulated
