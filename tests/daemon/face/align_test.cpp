#include "daemon/face/align_cv.hpp"

#include <gtest/gtest.h>
#include <opencv2/core.hpp>

#include <cmath>
#include <vector>

namespace kaomon::face {
namespace {

// Where the embedder wants the five points.
const std::array<Point, 5> places{{{38.2946F, 51.6963F},
                                   {73.5318F, 51.5014F},
                                   {56.0252F, 71.7366F},
                                   {41.5493F, 92.3655F},
                                   {70.7299F, 92.2041F}}};

std::vector<Point> mapped(const Similarity& map, std::span<const Point> points) {
    std::vector<Point> result;
    for (const Point& p : points)
        result.push_back(map.map(p));
    return result;
}

TEST(FitSimilarity, FindsScaleTurnAndShiftBack) {
    for (const double degrees : {0.0, 30.0, -75.0, 180.0}) {
        for (const double scale : {0.1, 1.0, 7.0}) {
            const double turn = degrees * CV_PI / 180;
            const Similarity made{static_cast<float>(scale * std::cos(turn)),
                                  static_cast<float>(scale * std::sin(turn)), 200, -30};
            const auto moved = mapped(made, places);
            const Similarity found = fit_similarity(places, moved);
            EXPECT_NEAR(found.scale(), scale, scale * 1e-4);
            for (std::size_t i = 0; i < places.size(); ++i) {
                EXPECT_NEAR(found.map(places[i]).x, moved[i].x, 1e-2) << degrees << " " << scale;
                EXPECT_NEAR(found.map(places[i]).y, moved[i].y, 1e-2) << degrees << " " << scale;
            }
        }
    }
}

TEST(FitSimilarity, IsTheLeastSquaresOne) {
    std::array<Point, 5> seen = places;
    seen[2].x += 6; // a nose turned aside: no similarity fits
    const Similarity best = fit_similarity(seen, places);
    const auto error = [&](const Similarity& map) {
        float sum = 0;
        for (std::size_t i = 0; i < seen.size(); ++i) {
            const Point p = map.map(seen[i]);
            sum += std::pow(p.x - places[i].x, 2.F) + std::pow(p.y - places[i].y, 2.F);
        }
        return sum;
    };
    for (const float nudge : {-0.01F, 0.01F}) {
        EXPECT_LT(error(best), error({best.a + nudge, best.b, best.x0, best.y0}));
        EXPECT_LT(error(best), error({best.a, best.b + nudge, best.x0, best.y0}));
        EXPECT_LT(error(best), error({best.a, best.b, best.x0 + 10 * nudge, best.y0}));
        EXPECT_LT(error(best), error({best.a, best.b, best.x0, best.y0 + 10 * nudge}));
    }
}

// What numpy's singular value decomposition (Umeyama's own way) gives for a head that is turned and tilted.
TEST(FitSimilarity, GoldenNumbers) {
    const std::array<Point, 5> seen{{{250, 180}, {330, 190}, {285, 240}, {255, 290}, {322, 295}}};
    const Similarity map = fit_similarity(seen, places);
    EXPECT_NEAR(map.a, 0.395690, 1e-5);
    EXPECT_NEAR(map.b, -0.020315, 1e-5);
    EXPECT_NEAR(map.x0, -62.9462, 2e-3);
    EXPECT_NEAR(map.y0, -16.8102, 2e-3);
}

TEST(FitSimilarity, PointsOnOneSpotGiveNoExplosion) {
    const std::array<Point, 5> spot{{{5, 5}, {5, 5}, {5, 5}, {5, 5}, {5, 5}}};
    const Similarity map = fit_similarity(spot, places);
    EXPECT_TRUE(std::isfinite(map.x0) && std::isfinite(map.y0) && std::isfinite(map.scale()));
}

// A disc at each of the five points has to land where the embedder wants it, whatever the size of the
// picture.
TEST(Align, BringsThePointsToTheirPlaces) {
    for (const float scale : {0.7F, 1.5F, 4.0F, 9.0F}) {
        std::array<Point, 5> five = places;
        for (Point& p : five)
            p = {(p.x + 20) * scale, (p.y + 10) * scale};
        const int side = static_cast<int>(160 * scale);
        cv::Mat picture(side, side, CV_8UC3, cv::Scalar::all(0));
        for (const Point& p : five) {
            const int half = std::max(1, static_cast<int>(2 * scale));
            picture(cv::Rect(static_cast<int>(p.x) - half, static_cast<int>(p.y) - half, 2 * half + 1,
                             2 * half + 1)) = cv::Scalar::all(255);
        }
        const cv::Mat face = align(picture, five);
        ASSERT_EQ(face.size(), cv::Size(112, 112));
        for (const Point& place : places) {
            const auto& there = face.at<cv::Vec3b>(static_cast<int>(std::lround(place.y)),
                                                   static_cast<int>(std::lround(place.x)));
            EXPECT_GT(there[0], 150) << "scale " << scale << " at " << place.x << ", " << place.y;
        }
        EXPECT_LT(cv::mean(face)[0], 40) << "scale " << scale;
    }
}

// Discs of the picture lie in the aligned face where the map puts their middles (OpenCV samples in 32nds of a
// pixel).
TEST(Align, TakesEachPixelFromItsPlace) {
    constexpr float radius = 6; // pixels of the face
    for (const float scale :
         {0.7F, 1.0F, 1.9F, 2.5F, 4.0F, 7.3F}) { // pixels of the picture for one of the face
        const auto out_of = [scale](Point p) {   // turned by 0.1
            return Point{(p.x - 0.1F * p.y + 25) * scale, (0.1F * p.x + p.y + 10) * scale};
        };
        std::array<Point, 5> five = places;
        for (Point& p : five)
            p = out_of(p);
        const int side = static_cast<int>(150 * scale);
        for (const Point middle : {Point{20, 20}, Point{90, 25.3F}, Point{56.5F, 61.2F}, Point{30.7F, 92}}) {
            const Point seen = out_of(middle);
            cv::Mat picture(side, side, CV_8UC3, cv::Scalar::all(0));
            for (int y = 0; y < side; ++y) {
                for (int x = 0; x < side; ++x) {
                    const float away =
                        std::hypot(static_cast<float>(x) - seen.x, static_cast<float>(y) - seen.y);
                    picture.at<cv::Vec3b>(y, x) = cv::Vec3b::all(cv::saturate_cast<std::uint8_t>(
                        250 * std::clamp(radius * scale - away + 0.5F, 0.F, 1.F)));
                }
            }
            const cv::Mat face = align(picture, five);
            float all = 0, across = 0, down = 0;
            for (int v = 0; v < face.rows; ++v) {
                for (int u = 0; u < face.cols; ++u) {
                    const float bright = face.at<cv::Vec3b>(v, u)[0];
                    all += bright;
                    across += bright * static_cast<float>(u);
                    down += bright * static_cast<float>(v);
                }
            }
            EXPECT_NEAR(across / all, middle.x, 0.06) << "scale " << scale;
            EXPECT_NEAR(down / all, middle.y, 0.06) << "scale " << scale;
        }
    }
}

TEST(Align, IsBlackWhereThePictureEnds) {
    const cv::Mat picture(100, 100, CV_8UC3, cv::Scalar::all(200));
    std::array<Point, 5> five = places;
    for (Point& p : five)
        p.x -= 60; // the face is half outside, on the left
    const cv::Mat face = align(picture, five);
    EXPECT_EQ(face.at<cv::Vec3b>(56, 5)[1], 0);
    EXPECT_EQ(face.at<cv::Vec3b>(56, 100)[1], 200);
}

} // namespace
} // namespace kaomon::face
