#include "daemon/liveness/skin_sample.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace kaomon::liveness {
namespace {

// A picture of one colour with a darker strip for the brows, and a face in it.
struct Seen {
    Image picture{.width = 80, .height = 60, .channels = 3, .pixels = {}};
    face::Observation face;
    Seen() {
        picture.pixels.resize(picture.stride() * 60, 128);
        face.five = {face::Point{20, 20}, face::Point{62, 20}};
        face.mesh[50] = {28, 40, 0}, face.mesh[280] = {54, 40, 0};
        std::size_t i = 0;
        for (const unsigned point : {53U, 52U, 65U, 63U, 105U, 66U, 283U, 282U, 295U, 293U, 334U, 296U}) {
            face.mesh[point] = {(i < 6 ? 14.0F : 52.0F) + 6 * static_cast<float>(i % 3),
                                i % 6 < 3 ? 15.0F : 10.0F, 0};
            ++i;
        }
    }
    void rows(std::size_t from, std::size_t to, std::uint8_t level) {
        std::fill(picture.pixels.begin() + static_cast<std::ptrdiff_t>(from * picture.stride()),
                  picture.pixels.begin() + static_cast<std::ptrdiff_t>(to * picture.stride()), level);
    }
    std::optional<SkinSample> sample() const { return skin_sample({picture, face, {}, {}}); }
};

TEST(SkinSample, LightIsLinear) {
    EXPECT_FLOAT_EQ(linear_light(0), 0);
    EXPECT_NEAR(linear_light(188), 0.5, 0.005) << "half the light is level 188 of sRGB";
    EXPECT_FLOAT_EQ(linear_light(255), 1);
}

TEST(SkinSample, CheeksAndTheDarkestThirdOfTheBrows) {
    Seen seen;
    seen.rows(12, 14, 60); // two of the six rows
    const auto sample = seen.sample();
    ASSERT_TRUE(sample);
    EXPECT_NEAR(sample->skin[0], linear_light(128), 1e-5);
    EXPECT_NEAR(sample->brows[2], linear_light(60), 1e-5);
}

TEST(SkinSample, ColoursThatAreNotKnownDoNotCount) {
    Seen bright;
    bright.rows(20, 60, 255);
    EXPECT_FALSE(bright.sample());
    Seen black;
    black.rows(0, 20, 2);
    ASSERT_TRUE(black.sample());
    EXPECT_EQ(black.sample()->brows, (std::array<float, 3>{}));
}

// A mesh is a network's answer: whatever it says, the picture is not left.
TEST(SkinSample, AnyMeshAtAll) {
    for (const float value : {-1e9F, -1.0F, 79.5F, 1e9F, std::numeric_limits<float>::quiet_NaN(),
                              std::numeric_limits<float>::infinity()}) {
        Seen seen;
        seen.face.mesh.fill({value, value, value});
        const auto sample = seen.sample();
        EXPECT_LE(sample ? sample->skin[0] : 0, 1.0F);
        seen.face.five[0] = {value, value};
        (void)seen.sample();
    }
}

} // namespace
} // namespace kaomon::liveness
