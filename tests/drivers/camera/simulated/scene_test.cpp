#include "drivers/camera/simulated/scene.hpp"
#include "tests/drivers/camera/picture.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace kaomon::camera::simulated {
namespace {

using namespace std::chrono_literals;
constexpr int width = 160, height = 120;

Image flat(std::uint8_t level) {
    Image still{.width = 200, .height = 200, .channels = 3, .pixels = {}};
    still.pixels.assign(200 * 200 * 3, level);
    return still;
}

std::shared_ptr<Stage> stage(PixelFormat format = PixelFormat::rgb24) {
    auto made = std::make_shared<Stage>();
    made->settings.width = width;
    made->settings.height = height;
    made->settings.format = format;
    made->stills.push_back(paint(test_picture(300, 400), {}, width, height));
    return made;
}

Image as_image(SecretBytes bytes) {
    return {.width = width, .height = height, .channels = 3, .pixels = std::move(bytes)};
}

double mean(const SecretBytes& bytes) {
    double sum = 0;
    for (const auto byte : bytes)
        sum += byte;
    return sum / static_cast<double>(bytes.size());
}

TEST(Scene, SameSeedLeaseAndNumberIsTheSameFrameToTheLastBit) {
    for (const auto format : {PixelFormat::mjpeg, PixelFormat::yuyv, PixelFormat::rgb24}) {
        Scene one(stage(format), 3), other(stage(format), 3);
        for (const std::uint64_t skipped : {4U, 5U, 6U})
            one.frame(skipped, false); // history does not matter
        EXPECT_EQ(one.frame(77, false), other.frame(77, false));
    }
}

TEST(Scene, SeedLeaseAndNumberEachChangeTheFrame) {
    const auto first = Scene(stage(), 0).frame(0, false);
    auto other_seed = stage();
    other_seed->settings.seed = 2;
    EXPECT_NE(Scene(other_seed, 0).frame(0, false), first);
    EXPECT_NE(Scene(stage(), 1).frame(0, false), first);
    EXPECT_NE(Scene(stage(), 0).frame(1, false), first);
}

TEST(Scene, NoFrameComesBackInTenSeconds) {
    Scene scene(stage(PixelFormat::mjpeg), 0);
    std::set<SecretBytes> seen;
    for (std::uint64_t number = 0; number < 300; ++number) {
        ASSERT_TRUE(seen.insert(scene.frame(number, false)).second) << number;
    }
}

TEST(Scene, MovesSmoothlyAndVisibly) {
    Scene scene(stage(), 0);
    double largest_step = 0, farthest = 0;
    const Image start = as_image(scene.frame(0, false));
    Image before = start;
    for (std::uint64_t number = 1; number < 150; ++number) {
        Image now = as_image(scene.frame(number, false));
        largest_step = std::max(largest_step, mean_difference(before, now));
        farthest = std::max(farthest, mean_difference(start, now));
        before = std::move(now);
    }
    EXPECT_LT(largest_step, 5); // grey levels; the noise alone makes about 2.8
    EXPECT_GT(farthest, 6);
}

TEST(Scene, NoiseHasItsDeviation) {
    auto grey = stage();
    grey->stills = {paint(flat(128), {}, width, height)};
    const auto picture = Scene(grey, 0).frame(0, false);
    const double average = mean(picture);
    double sum = 0;
    for (const auto byte : picture)
        sum += (byte - average) * (byte - average);
    EXPECT_NEAR(std::sqrt(sum / static_cast<double>(picture.size())), Sensor::noise_deviation, 0.3);
    EXPECT_NEAR(average, 128, 128 * 0.07); // the exposure sways
}

TEST(Sensor, NoiseIsNewInEveryExposureOfTheSamePose) {
    const Canvas scene = paint(flat(128), {}, width, height);
    const Sensor sensor(1);
    Image one = test_picture(width, height), other = one, again = one; // of the right size
    sensor.expose(scene, Pose{}, 1, one);
    sensor.expose(scene, Pose{}, 2, other);
    sensor.expose(scene, Pose{}, 1, again);
    EXPECT_EQ(one.pixels, again.pixels);
    EXPECT_GT(mean_difference(one, other), Sensor::noise_deviation); // 1.13 of it, when independent
}

TEST(Scene, BlackIsACappedLensWithItsNoise) {
    Scene scene(stage(), 0);
    const auto dark = scene.frame(5, true);
    EXPECT_LT(mean(dark), 3);
    EXPECT_GT(mean(dark), 0);
}

TEST(Scene, AStopIsMoreLightThroughTheGammaOfThePicture) {
    auto made = stage();
    made->stills = {paint(flat(100), {}, width, height)};
    Scene scene(made, 0);
    const double before = mean(scene.frame(9, false));
    scene.expose(1);
    EXPECT_NEAR(mean(scene.frame(9, false)) / before, std::exp2(1 / 2.2), 0.02);
    scene.expose(-99); // as far as it goes: two stops
    EXPECT_NEAR(mean(scene.frame(9, false)) / before, std::exp2(-2 / 2.2), 0.02);
    scene.expose(99);
    EXPECT_LT(mean(scene.frame(9, false)), 200) << "no overflow";
    scene.expose(0);
    EXPECT_DOUBLE_EQ(mean(scene.frame(9, false)), before);
}

TEST(Scene, EveryFormatOfColourShowsTheSameAsRgb) {
    const Image rgb = as_image(Scene(stage(), 0).frame(9, false));
    for (const auto format : {PixelFormat::mjpeg, PixelFormat::yuyv, PixelFormat::uyvy, PixelFormat::nv12}) {
        const auto image = decode({.width = width,
                                   .height = height,
                                   .format = format,
                                   .bytes = Scene(stage(format), 0).frame(9, false),
                                   .captured = {}});
        ASSERT_TRUE(image);
        EXPECT_LT(mean_difference(*image, rgb), 4);
    }
}

TEST(Scene, TurnsChangeTheStillWithTheLeaseOnly) {
    auto two = stage();
    two->stills = {paint(flat(60), {}, width, height), paint(flat(180), {}, width, height)};
    EXPECT_LT(mean(Scene(two, 1).frame(0, false)), 80);
    two->settings.play = Play::turns;
    EXPECT_LT(mean(Scene(two, 0).frame(0, false)), 80);
    EXPECT_GT(mean(Scene(two, 1).frame(0, false)), 150);
    EXPECT_GT(mean(Scene(two, 1).frame(3000, false)), 150);
    EXPECT_LT(mean(Scene(two, 2).frame(0, false)), 80);
}

TEST(Scene, FadeGoesFromStillToStillWithoutACut) {
    auto two = stage();
    two->stills = {paint(flat(60), {}, width, height), paint(flat(180), {}, width, height)};
    two->settings.play = Play::fade;
    two->settings.hold = 3s;
    Scene scene(two, 0);
    double before = mean(scene.frame(0, false)), largest = before;
    for (std::uint64_t number = 1; number < 6 * 30; ++number) {
        const double now = mean(scene.frame(number, false));
        ASSERT_LT(std::abs(now - before), 6) << number;
        largest = std::max(largest, now);
        before = now;
    }
    EXPECT_GT(largest, 150);
    EXPECT_LT(before, 90); // and back at the first
}

TEST(Motion, StaysWithinTheMargin) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Motion motion(seed);
        for (int i = 0; i < 600; ++i) {
            const Pose pose = motion.at(i / 10.0);
            // How far a corner of a 16:9 picture strays, in heights; the margin is a twelfth.
            const float corner =
                std::abs(pose.right) + 0.89F * std::abs(1 / pose.scale - 1) + 0.5F * std::abs(pose.roll);
            ASSERT_LT(corner, 1.0F / 12);
        }
    }
}

} // namespace
} // namespace kaomon::camera::simulated
