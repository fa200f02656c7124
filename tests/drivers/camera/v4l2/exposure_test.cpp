#include "drivers/camera/jpeg.hpp"
#include "drivers/camera/v4l2/camera.hpp"
#include "tests/drivers/camera/origin/sysfs_tree.hpp"
#include "tests/drivers/camera/picture.hpp"
#include "tests/drivers/camera/v4l2/fake_device.hpp"

#include <gtest/gtest.h>

namespace kaomon::camera::v4l2 {
namespace {

using namespace std::chrono_literals;

class V4l2Exposure : public testing::Test {
  protected:
    V4l2Exposure() {
        const SecretBytes picture = encode_jpeg(test_picture(640, 480), 80);
        device_.on_start.assign(picture.begin(), picture.end());
    }
    void open() {
        auto lease = camera_->open(SteadyClock::now() + 5s);
        ASSERT_TRUE(lease) << lease.error().detail;
        lease_ = std::move(*lease);
    }
    // A webcam as the UVC driver shows it: 1 manual, 3 automatic; 100 us; a gain without a unit.
    void webcam() {
        device_.controls = {{V4L2_CID_EXPOSURE_AUTO, {.lowest = 0, .highest = 3, .value = 3}},
                            {V4L2_CID_EXPOSURE_ABSOLUTE, {.lowest = 3, .highest = 2047, .value = 100}},
                            {V4L2_CID_GAIN, {.lowest = 0, .highest = 100, .value = 20}}};
    }
    std::int32_t value(std::uint32_t id) const { return device_.controls.at(id).value; }

    FakeDevice device_{"/dev/kaomon-fake-camera"};
    origin::SysfsTree sysfs_{"kaomon-fake-camera"};
    std::unique_ptr<Camera> camera_ =
        make_v4l2_camera({.device = "/dev/kaomon-fake-camera", .budget = 2s, .sysfs = sysfs_.root()});
    std::unique_ptr<CameraLease> lease_;
};

TEST_F(V4l2Exposure, NoControlIsANormalAnswer) {
    open();
    EXPECT_FALSE(lease_->exposure_range().supported());
    const auto set = lease_->expose(1);
    ASSERT_FALSE(set);
    EXPECT_EQ(set.error().reason, Reason::camera_error);
    EXPECT_TRUE(lease_->next(SteadyClock::now() + 30ms)) << "the stream goes on";
}

TEST_F(V4l2Exposure, TimeFirstThenGainAndAllBackAtTheEnd) {
    webcam();
    open();
    EXPECT_EQ(lease_->exposure_range().lowest, -2);
    EXPECT_EQ(lease_->exposure_range().highest, 4);
    EXPECT_EQ(value(V4L2_CID_EXPOSURE_AUTO), 3) << "asking changes nothing";

    ASSERT_TRUE(lease_->expose(1));
    EXPECT_EQ(value(V4L2_CID_EXPOSURE_AUTO), V4L2_EXPOSURE_MANUAL);
    EXPECT_EQ(value(V4L2_CID_EXPOSURE_ABSOLUTE), 200);
    EXPECT_EQ(value(V4L2_CID_GAIN), 20);
    ASSERT_TRUE(lease_->expose(-1));
    EXPECT_EQ(value(V4L2_CID_EXPOSURE_ABSOLUTE), 50);
    ASSERT_TRUE(lease_->expose(2.72F)); // 659: twice of the 330 that fit between two frames
    EXPECT_EQ(value(V4L2_CID_EXPOSURE_ABSOLUTE), 330);
    EXPECT_NEAR(value(V4L2_CID_GAIN), 60, 1);
    ASSERT_TRUE(lease_->expose(99));
    EXPECT_LE(value(V4L2_CID_GAIN), 100);

    ASSERT_TRUE(lease_->expose(0));
    EXPECT_EQ(value(V4L2_CID_EXPOSURE_AUTO), 3);
    ASSERT_TRUE(lease_->expose(1));
    lease_.reset();
    EXPECT_EQ(value(V4L2_CID_EXPOSURE_AUTO), 3);
    EXPECT_EQ(value(V4L2_CID_EXPOSURE_ABSOLUTE), 100);
    EXPECT_EQ(value(V4L2_CID_GAIN), 20);
}

TEST_F(V4l2Exposure, CountsFromWhatTheAutomaticChoseLast) {
    webcam();
    open();
    ASSERT_TRUE(lease_->exposure_range().supported());
    device_.controls[V4L2_CID_EXPOSURE_ABSOLUTE].value = 40; // it got brighter outside
    ASSERT_TRUE(lease_->expose(1));
    EXPECT_EQ(value(V4L2_CID_EXPOSURE_ABSOLUTE), 80);
}

TEST_F(V4l2Exposure, ATimeSomebodyChoseIsLeftAlone) {
    webcam();
    device_.controls[V4L2_CID_EXPOSURE_AUTO].value = V4L2_EXPOSURE_MANUAL;
    open();
    EXPECT_FALSE(lease_->exposure_range().supported());
}

TEST_F(V4l2Exposure, TheBiasOfTheAutomaticIsPreferred) {
    webcam();
    device_.controls[V4L2_CID_AUTO_EXPOSURE_BIAS] = {
        .lowest = 0, .highest = 4, .value = 2, .menu = {-2000, -1000, 0, 1000, 2000}};
    open();
    EXPECT_EQ(lease_->exposure_range().lowest, -2);
    EXPECT_EQ(lease_->exposure_range().highest, 2);
    ASSERT_TRUE(lease_->expose(0.9F));
    EXPECT_EQ(value(V4L2_CID_AUTO_EXPOSURE_BIAS), 3);
    EXPECT_EQ(value(V4L2_CID_EXPOSURE_AUTO), 3);
    lease_.reset();
    EXPECT_EQ(value(V4L2_CID_AUTO_EXPOSURE_BIAS), 2);
}

TEST_F(V4l2Exposure, BacklightCompensationIsASwitch) {
    device_.controls[V4L2_CID_BACKLIGHT_COMPENSATION] = {.lowest = 0, .highest = 2, .value = 0};
    open();
    EXPECT_EQ(lease_->exposure_range().highest, 1);
    ASSERT_TRUE(lease_->expose(0.4F));
    EXPECT_EQ(value(V4L2_CID_BACKLIGHT_COMPENSATION), 0);
    ASSERT_TRUE(lease_->expose(0.9F));
    EXPECT_EQ(value(V4L2_CID_BACKLIGHT_COMPENSATION), 2);
    lease_.reset();
    EXPECT_EQ(value(V4L2_CID_BACKLIGHT_COMPENSATION), 0);
}

TEST_F(V4l2Exposure, ARefusalIsAnErrorAndNoHarm) {
    webcam();
    open();
    ASSERT_TRUE(lease_->exposure_range().supported());
    device_.errors[VIDIOC_S_CTRL] = EIO;
    const auto set = lease_->expose(1);
    ASSERT_FALSE(set);
    EXPECT_EQ(set.error().reason, Reason::camera_error);
    EXPECT_TRUE(lease_->next(SteadyClock::now() + 30ms));
    device_.unplug();
    EXPECT_EQ(lease_->expose(1).error().reason, Reason::camera_lost);
    lease_.reset();
}

TEST_F(V4l2Exposure, ControlsThatCannotBeWrittenAreNone) {
    for (const std::uint32_t flag : std::initializer_list<std::uint32_t>{
             V4L2_CTRL_FLAG_DISABLED, V4L2_CTRL_FLAG_READ_ONLY, V4L2_CTRL_FLAG_GRABBED}) {
        webcam();
        device_.controls[V4L2_CID_EXPOSURE_ABSOLUTE].flags = flag;
        open();
        EXPECT_FALSE(lease_->exposure_range().supported()) << flag;
        lease_.reset();
    }
}

} // namespace
} // namespace kaomon::camera::v4l2
