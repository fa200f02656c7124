#include "drivers/camera/simulated/relief.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace kaomon::camera::simulated {
namespace {

constexpr Spot nose{0, 0.62F}, left_eye{-0.5F, 0}, right_eye{0.5F, 0};

// How far the spots of a face stray from the one homography that explains four of them: 0 for a plane.
double off_the_plane(const Relief& relief, const Gesture& gesture) {
    const std::array corners{Spot{-0.6F, -0.5F}, Spot{0.6F, -0.5F}, Spot{0.6F, 1.1F}, Spot{-0.6F, 1.1F}};
    std::array<std::array<double, 9>, 8> a{}; // of the eight unknowns, and the right side
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const double x = corners[i].x, y = corners[i].y;
        const Spot seen = relief.seen(corners[i], gesture);
        a[2 * i] = {x, y, 1, 0, 0, 0, -seen.x * x, -seen.x * y, seen.x};
        a[2 * i + 1] = {0, 0, 0, x, y, 1, -seen.y * x, -seen.y * y, seen.y};
    }
    for (std::size_t column = 0; column < 8; ++column) {
        std::size_t best = column;
        for (std::size_t row = column; row < 8; ++row)
            best = std::abs(a[row][column]) > std::abs(a[best][column]) ? row : best;
        std::swap(a[column], a[best]);
        for (std::size_t row = 0; row < 8; ++row) {
            const double share = row == column ? 0 : a[row][column] / a[column][column];
            for (std::size_t i = column; i < 9; ++i)
                a[row][i] -= share * a[column][i];
        }
    }
    const auto h = [&](std::size_t i) { return a[i][8] / a[i][i]; };
    double worst = 0;
    for (float x = -0.6F; x <= 0.6F; x += 0.2F) {
        for (float y = -0.5F; y <= 1.1F; y += 0.2F) {
            const Spot seen = relief.seen({x, y}, gesture);
            const double w = h(6) * x + h(7) * y + 1;
            worst = std::max(worst, std::hypot((h(0) * x + h(1) * y + h(2)) / w - seen.x,
                                               (h(3) * x + h(4) * y + h(5)) / w - seen.y));
        }
    }
    return worst;
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

TEST(Relief, APlaneStaysAPlaneWhateverIsDoneWithItAndAHeadDoesNot) {
    const Relief plane{Relief::Shape::plane, 5}, head{Relief::Shape::head}, bent{Relief::Shape::cylinder, 5};
    for (const Gesture& gesture :
         {Gesture{.yaw = 0.45F}, Gesture{.pitch = -0.22F}, Gesture{.scale = 1.25F},
          Gesture{.yaw = 0.3F, .scale = 0.8F},
          Gesture{.yaw = -0.2F, .pitch = 0.2F, .roll = 0.1F, .right = 0.2F, .down = -0.1F, .scale = 1.15F}}) {
        EXPECT_LT(off_the_plane(plane, gesture), 1e-4);
        EXPECT_GT(off_the_plane(head, gesture), 0.015);
    }
    EXPECT_GT(off_the_plane(bent, {.yaw = 0.3F}), 0.01);
}

TEST(Relief, TheNoseOfANearerHeadGrowsMoreThanItsEyesAndOutline) {
    const Relief head{Relief::Shape::head};
    const Gesture nearer{.scale = 1.2F}; // from 57 cm to 47 cm
    const auto grows = [&](Spot at) {
        const Spot before = head.seen(at, {}), after = head.seen(at, nearer);
        return std::hypot(after.x, after.y) / std::hypot(before.x, before.y);
    };
    EXPECT_NEAR(grows({0, 1.95F}), 1.2F, 0.03F) << "the outline is at depth 0";
    EXPECT_GT(grows(left_eye), 1.21F);
    EXPECT_GT(grows(nose), grows(left_eye) + 0.015F);
    const Relief plane{Relief::Shape::plane};
    EXPECT_NEAR(std::hypot(plane.seen(nose, nearer).x, plane.seen(nose, nearer).y), 1.2F * 0.62F, 1e-4);
}

TEST(Relief, AShiftedHeadMovesItsNoseFarther) {
    const Relief head{Relief::Shape::head};
    const Gesture shifted{.right = 0.16F}; // 10 mm
    EXPECT_GT(head.seen(nose, shifted).x - nose.x, head.seen(left_eye, shifted).x - left_eye.x + 0.01F);
}

TEST(Relief, ReachIsWhereNothingMovesAnyMore) {
    const Relief head{Relief::Shape::head};
    for (const Gesture& gesture : {Gesture{.yaw = 0.3F}, Gesture{.scale = 1.27F}, Gesture{.scale = 0.9F}}) {
        const auto reach = Relief::reach(gesture);
        for (const Spot& at : {Spot{reach.across, 0.35F}, Spot{0, -reach.up}, Spot{0, reach.down}}) {
            EXPECT_EQ(head.seen(at, gesture).x, at.x);
            EXPECT_EQ(head.seen(at, gesture).y, at.y);
        }
    }
}

TEST(ReliefMap, ARowIsTheWayBackForEachOfItsPixels) {
    const Relief head{Relief::Shape::head};
    const Gesture gesture{.yaw = 0.15F, .pitch = -0.1F, .scale = 1.1F};
    const ReliefMap::Placement place{100, 90, 50};
    const ReliefMap map(head, place, gesture, 10, 20, 180, 160);
    std::vector<Spot> row(180);
    for (const int y : {20, 77, 121, 179}) {
        map.row(y, row);
        for (const int x : {10, 63, 100, 189}) {
            const Spot expected =
                head.under(place.into(static_cast<float>(x), static_cast<float>(y)), gesture);
            EXPECT_NEAR(row[static_cast<std::size_t>(x - 10)].x, expected.x, 0.03F) << x << ' ' << y;
            EXPECT_NEAR(row[static_cast<std::size_t>(x - 10)].y, expected.y, 0.03F) << x << ' ' << y;
        }
    }
}

} // namespace
} // namespace kaomon::camera::simulated
