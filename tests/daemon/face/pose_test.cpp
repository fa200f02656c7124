#include "daemon/face/pose.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace kaomon::face {
namespace {

// Only the four points of the oval that the pose is taken from, turned about the three axes (degrees).
std::array<Point3, 468> turned(float yaw, float pitch, float roll) {
    constexpr float radians = std::numbers::pi_v<float> / 180;
    std::array<Point3, 468> mesh{};
    const auto place = [&](std::size_t i, float x, float y) {
        // pitch about x (up is positive, y points down), then yaw about y, then roll in the picture
        const float y1 = y * std::cos(pitch * radians);
        const float z1 = -y * std::sin(pitch * radians);
        const float x2 = x * std::cos(yaw * radians) - z1 * std::sin(yaw * radians);
        const float z2 = x * std::sin(yaw * radians) + z1 * std::cos(yaw * radians);
        mesh[i] = {300 + x2 * std::cos(roll * radians) - y1 * std::sin(roll * radians),
                   200 + x2 * std::sin(roll * radians) + y1 * std::cos(roll * radians), z2};
    };
    place(234, -70, 0);
    place(454, 70, 0);
    place(10, 0, -90);
    place(152, 0, 90);
    return mesh;
}

TEST(Pose, OfAFaceTurnedByOneAngle) {
    for (const float angle : {-40.F, -10.F, 0.F, 25.F}) {
        EXPECT_NEAR(pose_of(turned(angle, 0, 0)).yaw, angle, 0.1);
        EXPECT_NEAR(pose_of(turned(0, angle, 0)).pitch, angle, 0.1);
        EXPECT_NEAR(pose_of(turned(0, 0, angle)).roll, angle, 0.1);
    }
}

TEST(Pose, DirectionsAreAsThePictureShowsThem) {
    // turned to the picture's right: the left side of the oval comes nearer to the camera (z falls)
    auto mesh = turned(0, 0, 0);
    mesh[234].z -= 30;
    mesh[454].z += 30;
    EXPECT_GT(pose_of(mesh).yaw, 5);
    // looking up: the chin comes nearer, the hair line goes back
    mesh = turned(0, 0, 0);
    mesh[152].z -= 30;
    mesh[10].z += 30;
    EXPECT_GT(pose_of(mesh).pitch, 5);
    // leaning clockwise: the right ear is lower
    mesh = turned(0, 0, 0);
    mesh[454].y += 30;
    EXPECT_GT(pose_of(mesh).roll, 5);
}

} // namespace
} // namespace kaomon::face
