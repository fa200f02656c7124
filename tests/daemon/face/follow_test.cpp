#include "daemon/face/follow.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace kaomon::face {
namespace {

constexpr int width = 640, height = 480;

// A face of 120 x 160 pixels around (x, y), times `size`.
MeshPoints face_at(float x, float y, float size = 1) {
    MeshPoints mesh{};
    for (std::size_t i = 0; i < mesh.size(); ++i) {
        const float u = static_cast<float>(i % 22) / 21 - 0.5F;
        const float v = static_cast<float>(i / 22) / 21 - 0.5F;
        mesh[i] = {x + 120 * size * u, y + 160 * size * v, 0};
    }
    return mesh;
}

std::optional<Slip> from_centre_to(const MeshPoints& now, float flag = 1) {
    return slip(face_at(320, 240), now, flag, width, height);
}

TEST(Slip, AFaceThatMovesALittleIsFollowed) {
    EXPECT_EQ(from_centre_to(face_at(320, 240)), std::nullopt);
    EXPECT_EQ(from_centre_to(face_at(350, 260)), std::nullopt);
    EXPECT_EQ(from_centre_to(face_at(320, 240, 1.2F)), std::nullopt);
    EXPECT_EQ(from_centre_to(face_at(320, 240, 0.85F)), std::nullopt);
    EXPECT_EQ(from_centre_to(face_at(320, 240), 0.5F), std::nullopt);
}

TEST(Slip, TheNetsOwnDoubtEndsIt) {
    EXPECT_EQ(from_centre_to(face_at(320, 240), 0.49F), Slip::flag);
    EXPECT_EQ(from_centre_to(face_at(320, 240), std::numeric_limits<float>::quiet_NaN()), Slip::flag);
    auto broken = face_at(320, 240);
    broken[400].z = std::numeric_limits<float>::infinity();
    EXPECT_EQ(from_centre_to(broken), Slip::flag);
}

TEST(Slip, AJumpOrAnotherSizeIsAnotherFace) {
    EXPECT_EQ(from_centre_to(face_at(380, 240)), Slip::jump);
    EXPECT_EQ(from_centre_to(face_at(320, 290)), std::nullopt);
    EXPECT_EQ(from_centre_to(face_at(320, 296)), Slip::jump);
    EXPECT_EQ(from_centre_to(face_at(320, 240, 1.3F)), Slip::size);
    EXPECT_EQ(from_centre_to(face_at(320, 240, 0.75F)), Slip::size);
}

TEST(Slip, HalfOutsideIsLost) {
    EXPECT_EQ(slip(face_at(10, 240), face_at(5, 240), 1, width, height), std::nullopt);
    EXPECT_EQ(slip(face_at(10, 240), face_at(-5, 240), 1, width, height), Slip::outside);
    EXPECT_EQ(slip(face_at(320, 470), face_at(320, 484), 1, width, height), Slip::outside);
}

} // namespace
} // namespace kaomon::face
