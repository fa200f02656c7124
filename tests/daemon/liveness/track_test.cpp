#include "daemon/liveness/corners.hpp"
#include "daemon/liveness/homography.hpp"
#include "daemon/liveness/track.hpp"
#include "tests/daemon/liveness/texture.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace kaomon::liveness {
namespace {

using face::Point;

Homography tilted() { // a plane turned a little, in pixels of the crop
    return {{0.97, 0.02, 3.0, -0.015, 1.01, -2.0, 1e-4, 5e-5}};
}

TEST(Corners, AreInsideTheOutlineAndApart) {
    const FaceCrop crop = textured([](float x, float y) { return Point{x, y}; });
    const auto points = corners(crop, 60);
    ASSERT_GT(points.size(), 40U);
    for (std::size_t i = 0; i < points.size(); ++i) {
        EXPECT_TRUE(points[i].x >= 20 && points[i].x <= 108 && points[i].y >= 20 && points[i].y <= 140);
        for (std::size_t k = 0; k < i; ++k) {
            EXPECT_TRUE(std::abs(points[i].x - points[k].x) >= 5 || std::abs(points[i].y - points[k].y) >= 5);
        }
    }
}

TEST(Corners, NothingOnAFlatWall) {
    Grey grey{FaceCrop::width, FaceCrop::height, {}};
    grey.levels.assign(std::size_t{FaceCrop::width} * FaceCrop::height, 120);
    EXPECT_TRUE(corners(crop_of(std::move(grey), outline()), 60).empty());
    EXPECT_TRUE(corners(FaceCrop{}, 60).empty());
}

TEST(Track, FindsPointsAgainToATenthOfAPixel) {
    const Homography map = tilted();
    const FaceCrop before = textured([](float x, float y) { return Point{x, y}; });
    const FaceCrop after = textured([&](float x, float y) { return inverse(map, {x, y}); }, 10);
    const auto points = corners(before, 60);
    const auto tracks = track(before, after, points);
    ASSERT_GT(tracks.size(), points.size() * 8 / 10);
    double sum = 0;
    for (const Track& one : tracks) {
        const Point there = map(one.from);
        sum += std::hypot(one.to.x - there.x, one.to.y - there.y);
    }
    EXPECT_LT(sum / static_cast<double>(tracks.size()), 0.15);
}

TEST(Track, PointsThatAreGoneAreDropped) {
    const FaceCrop before = textured([](float x, float y) { return Point{x, y}; });
    const FaceCrop other = textured([](float x, float y) { return Point{1000 - y, 300 + x}; });
    const auto points = corners(before, 60);
    EXPECT_LT(track(before, other, points).size(), points.size() / 4);
    EXPECT_TRUE(track(before, FaceCrop{}, points).empty());
}

SecretVector<Track> on_plane(const Homography& map, int count) {
    SecretVector<Track> tracks;
    for (int i = 0; i < count; ++i) {
        const Point from{20 + static_cast<float>(i * 37 % 90), 20 + static_cast<float>(i * 53 % 120)};
        tracks.push_back({from, map(from)});
    }
    return tracks;
}

TEST(Plane, IsFoundAmongPointsThatAreNotOnIt) {
    auto tracks = on_plane(tilted(), 60);
    for (std::size_t i = 0; i < tracks.size(); i += 3) // a third of them strays
        tracks[i].to = {tracks[i].to.x + 4 + static_cast<float>(i % 7), tracks[i].to.y - 5};
    const PlaneFit fit = fit_plane(tracks, 0.5F);
    EXPECT_EQ(fit.points, 60);
    EXPECT_NEAR(fit.share, 2.0 / 3, 0.02);
    const Point expected = tilted()({64, 80}), found = fit.map({64, 80});
    EXPECT_NEAR(found.x, expected.x, 0.05);
    EXPECT_NEAR(found.y, expected.y, 0.05);
}

TEST(Plane, TheSamePointsGiveTheSameAnswer) {
    auto tracks = on_plane(tilted(), 40);
    for (std::size_t i = 0; i < tracks.size(); i += 2)
        tracks[i].to.x += static_cast<float>(i % 11);
    const PlaneFit one = fit_plane(tracks, 0.5F), other = fit_plane(tracks, 0.5F);
    EXPECT_EQ(one.share, other.share);
    EXPECT_EQ(one.map.m, other.map.m);
}

TEST(Plane, TooFewOrImpossiblePointsSayNothing) {
    EXPECT_EQ(fit_plane({}, 1).share, 0);
    EXPECT_EQ(fit_plane(on_plane(tilted(), 7), 1).share, 0);
    SecretVector<Track> one_place(20, Track{{5, 5}, {6, 6}});
    EXPECT_LE(fit_plane(one_place, 1).share, 1);
    SecretVector<Track> no_numbers(20, Track{{NAN, 5}, {6, INFINITY}});
    EXPECT_EQ(fit_plane(no_numbers, 1).share, 0);
}

} // namespace
} // namespace kaomon::liveness
