#include "daemon/face/shrink_cv.hpp"

#include <gtest/gtest.h>
#include <opencv2/core.hpp>

#include <limits>

namespace kaomon::face {
namespace {

// Brighter by 3 to the right and by 2 downwards, so that a pixel says where it is.
cv::Mat slope(int width, int height) {
    cv::Mat picture(height, width, CV_8UC3);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            picture.at<cv::Vec3b>(y, x) = cv::Vec3b::all(static_cast<uchar>(3 * x + 2 * y));
    }
    return picture;
}

TEST(Shrink, APlaceKeepsItsBrightness) {
    const cv::Mat picture = slope(40, 30);
    for (const int times : {2, 3, 4}) {
        const Smaller smaller = shrink(picture, {5.5F, 3.2F}, {31.7F, 28}, times);
        ASSERT_EQ(smaller.picture.cols, (32 - 5) / times);
        ASSERT_EQ(smaller.picture.rows, (28 - 3) / times);
        for (const Point place : {Point{12, 9}, Point{20, 15}, Point{13, 22}}) {
            const Point there = smaller.into(place);
            const int x = cvRound(there.x), y = cvRound(there.y);
            const float shown = smaller.picture.at<cv::Vec3b>(y, x)[0];
            const auto n = static_cast<float>(times);
            const float aside =
                3 * n * (static_cast<float>(x) - there.x) + 2 * n * (static_cast<float>(y) - there.y);
            EXPECT_NEAR(shown, 3 * place.x + 2 * place.y + aside, 0.51F) << times << " times at " << place.x;
        }
    }
}

TEST(Shrink, KeepsToThePicture) {
    const cv::Mat picture = slope(40, 30);
    EXPECT_EQ(shrink(picture, {-100, -100}, {100, 100}, 3).picture.size(), cv::Size(13, 10));
    EXPECT_TRUE(shrink(picture, {41, 0}, {60, 20}, 2).picture.empty());
    EXPECT_TRUE(shrink(picture, {0, 0}, {1, 1}, 2).picture.empty());
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    EXPECT_TRUE(shrink(picture, {nan, nan}, {nan, nan}, 2).picture.empty());
}

} // namespace
} // namespace kaomon::face
