#include "drivers/camera/origin/device_origin.hpp"
#include "tests/drivers/camera/origin/sysfs_tree.hpp"

#include <gtest/gtest.h>

namespace kaomon::camera::origin {
namespace {

class DeviceOrigin : public testing::Test {
  protected:
    Origin origin() const { return origin_of("/dev/kaomon-video7", tree_.root()); }
    SysfsTree tree_;
    static constexpr const char* node = "kaomon-video7";
};

TEST_F(DeviceOrigin, AUsbCameraIsPhysicalAndHasNumbersSerialAndPort) {
    tree_.usb(node);
    const auto found = origin();
    EXPECT_EQ(found.virtual_because, "");
    EXPECT_EQ(found.identity, (Identity{"usb", "uvcvideo", "046d:082d", "A1B2C3", "1-2", {}}));
}

TEST_F(DeviceOrigin, OneWithoutSerialBehindAHubIsToo) {
    tree_.usb(node, {.port = "1-2.4.1", .serial = "", .driver = "gspca_zc3xx"});
    const auto found = origin();
    EXPECT_EQ(found.virtual_because, "");
    EXPECT_EQ(found.identity.serial, "");
    EXPECT_EQ(found.identity.port, "1-2.4.1");
}

TEST_F(DeviceOrigin, ASensorOfTheBoardIsPhysical) {
    tree_.platform(node, "fe801000.csi", "bcm2835-unicam");
    const auto found = origin();
    EXPECT_EQ(found.virtual_because, "");
    EXPECT_EQ(found.identity.model, "fe801000.csi");
}

TEST_F(DeviceOrigin, WhatAProgramMakesIsVirtual) {
    tree_.loopback(node);
    EXPECT_NE(origin().virtual_because, "") << "v4l2loopback";
    for (const char* driver : {"vivid", "vimc", "v4l2loopback", "vicodec"}) {
        tree_.platform(node, std::string(driver) + ".0", driver);
        EXPECT_NE(origin().virtual_because, "") << driver;
    }
    tree_.usb(node, {.driver = "v4l2loopback"});
    EXPECT_NE(origin().virtual_because, "") << "a virtual driver that calls itself one of USB";
    for (const char* host : {"platform/vhci_hcd.0", "platform/dummy_hcd.1"}) {
        tree_.usb(node, {.host = host});
        EXPECT_NE(origin().virtual_because, "") << host;
    }
}

TEST_F(DeviceOrigin, WhatSysfsDoesNotTellIsVirtual) {
    EXPECT_NE(origin().virtual_because, "") << "no such entry";
    tree_.platform(node, "something.0", "");
    EXPECT_NE(origin().virtual_because, "") << "no driver";
    tree_.pci(node);
    EXPECT_NE(origin().virtual_because, "") << "neither USB nor board";
    EXPECT_NE(origin_of("/dev/kaomon-video7", "/nowhere").virtual_because, "");
}

// A node that was made by hand with another device's number.
TEST_F(DeviceOrigin, ANameWithAnotherDevicesNumberIsVirtual) {
    tree_.usb("null");
    EXPECT_NE(origin_of("/dev/null", tree_.root()).virtual_because, "");
    tree_.write("class/video4linux/null/dev", "1:3");
    EXPECT_EQ(origin_of("/dev/null", tree_.root()).virtual_because, "");
    tree_.write("class/video4linux/null/dev", "81:0");
    EXPECT_NE(origin_of("/dev/null", tree_.root()).virtual_because, "");
}

TEST_F(DeviceOrigin, WhatADeviceCallsItselfIsMadePlain) {
    tree_.usb(node, {.serial = "\x1b[31m\xe3\x81\x82" + std::string(300, 'x')});
    const auto serial = origin().identity.serial;
    EXPECT_TRUE(serial.starts_with("?[31m???x")) << serial;
    EXPECT_LE(serial.size(), 128U);
}

} // namespace
} // namespace kaomon::camera::origin
