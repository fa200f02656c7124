#include "drivers/camera/metering.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace kaomon::camera {
namespace {

using namespace std::chrono_literals;

constexpr Instant start{1h};
constexpr ExposureRange range{-2, 4};

// A face of that luminance at 0 stops, seen through a camera with a gamma of 2.2 that shows a change three
// frames later.
class Scene {
  public:
    explicit Scene(float luminance, ExposureRange allowed = range)
        : metering_(allowed), luminance_(luminance) {}

    float seen() const { return std::min(255.F, luminance_ * std::exp2(shown_ / 2.2F)); }
    Scene& run(int frames, bool with_a_face = true) {
        for (int i = 0; i < frames; ++i, now_ += 33ms) {
            if (now_ >= shows_at_)
                shown_ = stops;
            if (const auto next = metering_.next(with_a_face ? std::optional(seen()) : std::nullopt, now_)) {
                EXPECT_LE(std::abs(*next - stops), with_a_face ? 0.5F : 4.F);
                stops = *next;
                shows_at_ = now_ + 100ms;
                ++changes;
            }
        }
        return *this;
    }
    float stops = 0;
    int changes = 0;

  private:
    Metering metering_;
    float luminance_, shown_ = 0;
    Instant now_ = start, shows_at_ = start;
};

TEST(Metering, AWellLitFaceChangesNothing) {
    for (const float luminance : {85.F, 120.F, 170.F})
        EXPECT_EQ(Scene(luminance).run(100).changes, 0) << luminance;
}

TEST(Metering, ADarkFaceBecomesVisibleWithinTwoSecondsAndStaysSo) {
    for (const float luminance : {30.F, 45.F, 80.F}) {
        Scene scene(luminance);
        scene.run(60);
        EXPECT_GE(scene.seen(), 85) << luminance;
        EXPECT_LE(scene.seen(), 170) << luminance;
        const int before = scene.changes;
        EXPECT_EQ(scene.run(200).changes, before) << "it does not swing";
    }
}

TEST(Metering, ABrightFaceBecomesDarker) {
    Scene scene(230);
    EXPECT_LT(scene.run(60).seen(), 171);
    EXPECT_LT(scene.stops, 0);
}

TEST(Metering, StaysWithinTheRange) {
    EXPECT_EQ(Scene(2).run(200).stops, 4);
    EXPECT_EQ(Scene(255, {-0.3F, 4}).run(200).stops, -0.3F);
    EXPECT_EQ(Scene(2, {}).run(200).changes, 0) << "not supported";
}

TEST(Metering, WithoutAFaceTheCameraChoosesAgain) {
    Scene scene(30);
    scene.run(60);
    EXPECT_GT(scene.stops, 0);
    scene.run(50, false); // 1.65 s: a face that is lost for a moment is no reason
    EXPECT_GT(scene.stops, 0);
    scene.run(20, false);
    EXPECT_EQ(scene.stops, 0);
    EXPECT_EQ(Scene(30).run(100, false).changes, 0);
}

} // namespace
} // namespace kaomon::camera
