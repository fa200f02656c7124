#include "daemon/liveness/photo_replay.hpp"
#include "tests/daemon/liveness/texture.hpp"

#include <gtest/gtest.h>

namespace kaomon::liveness {
namespace {

TEST(PhotoReplay, FailsFromItsLimitOn) {
    EXPECT_EQ(photo_replay(0.95F).outcome, Outcome::fail);
    EXPECT_LT(photo_replay(0.95F).margin, 0);
    EXPECT_EQ(photo_replay(0.93F).outcome, Outcome::pass);
    EXPECT_GT(photo_replay(0.93F).margin, 0);
}

// A picture that lies otherwise: right, down (pixels), larger, turned, wider than high, sheared.
float laid(float right, float down, float larger, float turned, float wider = 0, float sheared = 0) {
    const Grey photograph = fine_structure(textured([](float x, float y) { return face::Point{x, y}; }));
    const FaceCrop live = textured([=](float x, float y) {
        constexpr float middle_x = FaceCrop::width / 2, middle_y = FaceCrop::height / 2;
        const float u = x - middle_x, v = y - middle_y;
        return face::Point{middle_x + (1 + larger + wider) * u + (sheared - turned) * v + right,
                           middle_y + (sheared + turned) * u + (1 + larger - wider) * v + down};
    });
    return sameness(photograph, fine_structure(live)).value_or(-1);
}

TEST(PhotoReplay, FindsTheSamePictureThatLiesOtherwise) {
    EXPECT_GT(laid(0, 0, 0, 0), 0.999F);
    EXPECT_GT(laid(3, -2, 0, 0), 0.97F);
    EXPECT_GT(laid(1, 1, 0.05F, 0), 0.97F);
    EXPECT_GT(laid(-1, 1, 0, 0.05F), 0.97F);
    EXPECT_GT(laid(2, 1, -0.04F, -0.04F), 0.97F);
    EXPECT_GT(laid(0, 0, 0.02F, 0.02F, 0.06F, -0.04F), 0.97F) << "a print at an angle";
}

TEST(PhotoReplay, AnotherPictureStaysOneHoweverItIsLaid) {
    EXPECT_LT(laid(400, 0, 0, 0), 0.4F);
    EXPECT_LT(laid(0, 300, 0.1F, 0.1F), 0.4F);
}

TEST(PhotoReplay, NothingToCompareIsNoAnswer) {
    const Grey something = fine_structure(textured([](float x, float y) { return face::Point{x, y}; }));
    EXPECT_TRUE(fine_structure({}).levels.empty());
    EXPECT_FALSE(sameness({}, something));
    EXPECT_FALSE(sameness(something, {}));
}

} // namespace
} // namespace kaomon::liveness
