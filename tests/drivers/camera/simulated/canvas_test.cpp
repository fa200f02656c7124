#include "drivers/camera/jpeg.hpp"
#include "drivers/camera/simulated/canvas.hpp"
#include "tests/drivers/camera/picture.hpp"
#include "tests/drivers/camera/simulated/still_file.hpp"

#include <gtest/gtest.h>

namespace kaomon::camera::simulated {
namespace {

// Red where the still is, as a share of one row in the middle of the picture.
double share_of_red(const Canvas& canvas) {
    int red = 0;
    const int width = canvas.width - 2 * canvas.margin;
    const auto* row = canvas.pixels.data() +
                      static_cast<std::size_t>(canvas.height / 2) * static_cast<std::size_t>(canvas.width);
    for (int x = canvas.margin; x < canvas.width - canvas.margin; ++x)
        red += (row[x] & 0xffff) > 200 ? 1 : 0;
    return static_cast<double>(red) / width;
}

// Red in the middle, blue over a tenth of its width on either side.
Image framed(int width, int height) {
    Image still{.width = width, .height = height, .channels = 3, .pixels = {}};
    for (int i = 0; i < width * height; ++i) {
        const int x = i % width;
        const bool middle = x >= width / 10 && x < width - width / 10;
        for (const int value : {middle ? 250 : 0, 0, middle ? 0 : 250}) {
            still.pixels.push_back(static_cast<std::uint8_t>(value));
        }
    }
    return still;
}

TEST(Canvas, PortraitTakesSixTenthsOfTheWidth) {
    for (const auto& [width, height] : {std::pair{300, 600}, {900, 1100}, {100, 100}}) {
        const Canvas canvas = paint(framed(width, height), {}, 640, 480);
        EXPECT_EQ(canvas.width, 640 + 2 * 40);
        EXPECT_EQ(canvas.height, 480 + 2 * 40);
        const double expected = std::max(0.6, 480.0 / height * width / 640) * 0.8;
        EXPECT_NEAR(share_of_red(canvas), expected, 0.02) << width;
    }
}

TEST(Canvas, LandscapeCoversTheWidth) {
    EXPECT_GT(share_of_red(paint(framed(1600, 480), {}, 640, 480)), 0.99);
}

TEST(Canvas, RegionFillsTheHeight) {
    const Canvas canvas = paint(framed(1000, 1000), Part{.region = Region{400, 300, 200, 150}}, 640, 480);
    EXPECT_GT(share_of_red(canvas), 0.99);
    const Canvas edge =
        paint(framed(1000, 1000), Part{.region = Region{900, 0, 100, 480}}, 640, 480); // centre at x = 950
    EXPECT_NEAR(share_of_red(edge), 0.5 - 50.0 / 640, 0.02);
}

TEST(Canvas, WhatStandsBehindAName) {
    EXPECT_EQ(parse_part("#xywh=1,2,30,40"), (Part{.region = Region{1, 2, 30, 40}}));
    EXPECT_EQ(parse_part("#eyes=10,20,50,22"), (Part{.eyes = Eyes{10, 20, 50, 22}}));
    EXPECT_EQ(parse_part("#eyes=10,20,50,22&xywh=1,2,30,40"),
              (Part{.region = Region{1, 2, 30, 40}, .eyes = Eyes{10, 20, 50, 22}}));
    for (const char* wrong :
         {"", "#", "#xywh=", "#xywh=1,2,3", "#xywh=1,2,3,4,", "#xywh=1,2,3,4,5", "#xywh=-1,2,3,4",
          "#xywh=1,2,0,4", "#xywh=1,2,3,0", "#xywh=a,2,3,4", "#xywh=1,2,3,99999999999",
          "#xywh=percent:1,2,3,4", "xywh=1,2,3,4", "#xywh=1,2,3,4&", "#xywh=1,2,3,4&xywh=1,2,3,4",
          "#eyes=50,20,10,20", "#eyes", "#nose=1,2,3,4"}) {
        EXPECT_FALSE(parse_part(wrong)) << wrong;
    }
}

TEST(Canvas, EyesAreWhereTheStillHasThem) {
    // a white spot for each eye, 3 pixels wide
    Image still{.width = 400, .height = 500, .channels = 3, .pixels = {}};
    still.pixels.assign(400 * 500 * 3, 0);
    for (const auto& [x, y] : {std::pair{150, 200}, {250, 210}}) {
        for (int dy = -1; dy <= 1; ++dy) {
            for (int byte = (x - 1) * 3; byte < (x + 2) * 3; ++byte)
                still.pixels[static_cast<std::size_t>((y + dy) * 400 * 3 + byte)] = 255;
        }
    }
    const Canvas canvas = paint(still, {.eyes = Eyes{150.5F, 200.5F, 250.5F, 210.5F}}, 640, 480);
    ASSERT_TRUE(canvas.eyes);
    EXPECT_GT(canvas.between(canvas.eyes->left_x, canvas.eyes->left_y) & 0xff, 200U);
    EXPECT_GT(canvas.between(canvas.eyes->right_x, canvas.eyes->right_y) & 0xff, 200U);
    EXPECT_LT(canvas.between(canvas.eyes->right_x, canvas.eyes->right_y - 8) & 0xff, 20U);
}

TEST(Canvas, StillFromAFile) {
    const StillFile still;
    const auto whole = load_still(still.path(), 640, 480);
    ASSERT_TRUE(whole) << whole.error().detail;
    const auto part = load_still(still.path().string() + "#xywh=50,50,100,100", 640, 480);
    ASSERT_TRUE(part);
    EXPECT_NE(whole->pixels, part->pixels);
    EXPECT_EQ(load_still(still.path().string() + "#xywh=nonsense", 640, 480).error().reason,
              Reason::config_invalid);
    EXPECT_EQ(load_still("/nowhere/still.jpg", 640, 480).error().reason, Reason::config_invalid);
    EXPECT_EQ(load_still(still.path().parent_path(), 640, 480).error().reason, Reason::config_invalid);
    still.write("no JPEG at all");
    EXPECT_EQ(load_still(still.path(), 640, 480).error().reason, Reason::config_invalid);
}

} // namespace
} // namespace kaomon::camera::simulated
