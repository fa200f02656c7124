#include "drivers/camera/jpeg.hpp"
#include "drivers/camera/v4l2/admission.hpp"
#include "tests/drivers/camera/origin/sysfs_tree.hpp"
#include "tests/drivers/camera/picture.hpp"
#include "tests/drivers/camera/v4l2/fake_device.hpp"

#include <gtest/gtest.h>

namespace kaomon::camera::v4l2 {
namespace {

using namespace std::chrono_literals;

class Admission : public testing::Test {
  protected:
    Admission() {
        const SecretBytes picture = encode_jpeg(test_picture(640, 480), 80);
        device_.on_start.assign(picture.begin(), picture.end());
        sysfs_.usb(node);
    }
    std::unique_ptr<Camera> camera() const { return make_v4l2_camera(settings_); }
    Reason opened() const {
        const auto lease = camera()->open(SteadyClock::now() + 5s);
        return lease ? Reason::match : lease.error().reason;
    }

    static constexpr const char* node = "kaomon-fake-camera";
    FakeDevice device_{"/dev/kaomon-fake-camera"};
    origin::SysfsTree sysfs_;
    Settings settings_{.device = "/dev/kaomon-fake-camera",
                       .budget = 2s,
                       .record = sysfs_.root() / "record",
                       .sysfs = sysfs_.root()};
};

TEST_F(Admission, TheCameraOfTheInstallationOpensAndNoOther) {
    EXPECT_EQ(opened(), Reason::match);
    EXPECT_EQ(opened(), Reason::match);
    EXPECT_FALSE(camera()->simulated());
    sysfs_.usb(node, {.product = "0843"});
    EXPECT_EQ(opened(), Reason::camera_changed);
    EXPECT_FALSE(device_.streaming());
    EXPECT_FALSE(device_.is_open());
    sysfs_.usb(node);
    device_.sizes.pop_back();
    EXPECT_EQ(opened(), Reason::camera_changed) << "other formats";
}

TEST_F(Admission, AVirtualOneIsRefusedAndWhereItIsAllowedSaysSo) {
    for (const bool loopback : {false, true}) {
        if (loopback)
            sysfs_.loopback(node);
        else
            sysfs_.platform(node, "vivid.0", "vivid");
        EXPECT_EQ(opened(), Reason::camera_virtual);
    }
    EXPECT_FALSE(device_.streaming());
    settings_.allow_virtual = true;
    EXPECT_EQ(opened(), Reason::match);
    EXPECT_TRUE(camera()->simulated());
}

TEST_F(Admission, AnOperatorAcceptsWhatWasShown) {
    EXPECT_EQ(opened(), Reason::match);
    sysfs_.usb(node, {.port = "1-3"});
    auto report = look(settings_);
    ASSERT_TRUE(report.accepted && report.present && report.fault);
    EXPECT_EQ(report.fault->reason, Reason::camera_changed);
    EXPECT_EQ(report.accepted->port, "1-2");
    EXPECT_EQ(report.present->port, "1-3");
    EXPECT_EQ(report.present->formats.size(), 6U);

    sysfs_.usb(node, {.port = "1-4"}); // and meanwhile it was plugged in elsewhere
    EXPECT_EQ(accept(settings_, origin::id_of(*report.present)).error().reason, Reason::camera_changed);
    EXPECT_EQ(look(settings_).accepted->port, "1-2");
    report = look(settings_);
    ASSERT_TRUE(accept(settings_, origin::id_of(*report.present)));
    EXPECT_FALSE(look(settings_).fault);
    EXPECT_EQ(opened(), Reason::match);
}

TEST_F(Admission, NoVirtualCameraIsAccepted) {
    settings_.allow_virtual = true;
    sysfs_.platform(node, "vivid.0", "vivid");
    const auto id = origin::id_of(*look(settings_).present);
    settings_.allow_virtual = false;
    EXPECT_EQ(look(settings_).fault->reason, Reason::camera_virtual);
    EXPECT_EQ(accept(settings_, id).error().reason, Reason::camera_virtual);
}

TEST_F(Admission, WithoutACameraThereIsNothingToAccept) {
    EXPECT_EQ(opened(), Reason::match);
    settings_.device = "nowhere";
    const auto report = look(settings_);
    EXPECT_EQ(report.fault->reason, Reason::no_camera);
    EXPECT_FALSE(report.present);
    EXPECT_TRUE(report.accepted);
    EXPECT_EQ(accept(settings_, "0123456789abcdef").error().reason, Reason::no_camera);
}

TEST_F(Admission, WithoutARecordAnyPhysicalCameraWillDo) {
    settings_.record.clear();
    EXPECT_EQ(opened(), Reason::match);
    sysfs_.usb(node, {.port = "1-3"});
    EXPECT_EQ(opened(), Reason::match);
    EXPECT_FALSE(look(settings_).fault);
}

} // namespace
} // namespace kaomon::camera::v4l2
