#include "daemon/wiring/camera.hpp"

#include <gtest/gtest.h>

namespace kaomon::wiring {
namespace {

TEST(WiringCamera, ASimulatedOneHasNoOriginToCheck) {
    config::Camera config;
    config.source = camera::Source::simulated;
    const auto check = origin_check(config, "/nowhere/camera");
    EXPECT_FALSE(check.look || check.accept);
}

TEST(WiringCamera, TheRecordLiesBesideTheAuditRecord) {
    config::Config config;
    EXPECT_EQ(camera_record(config), "/var/lib/kaomon/camera");
    config.audit.file = "/elsewhere/audit.jsonl";
    EXPECT_EQ(camera_record(config), "/elsewhere/camera");
}

TEST(WiringCamera, ARealOneIsLookedAtAndMayBeMissing) {
    config::Camera config;
    config.device = "no-such-camera";
    const auto check = origin_check(config, "/nowhere/camera");
    EXPECT_EQ(check.look().fault->reason, Reason::no_camera);
    EXPECT_EQ(check.accept("0123456789abcdef").error().reason, Reason::no_camera);
    EXPECT_FALSE(make_camera(config).value()->simulated());
    config.allow_virtual = true;
    EXPECT_TRUE(make_camera(config).value()->simulated()) << "of whichever camera";
}

} // namespace
} // namespace kaomon::wiring
