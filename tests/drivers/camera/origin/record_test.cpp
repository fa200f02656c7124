#include "drivers/camera/origin/record.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace kaomon::camera::origin {
namespace {

const Identity webcam{"usb", "uvcvideo", "046d:082d", "A1B2", "1-2", {"MJPG 640x480", "YUYV 640x480"}};

class RecordTest : public testing::Test {
  protected:
    static std::filesystem::path fresh_folder() {
        char name[] = "/tmp/kaomon-camera-XXXXXX";
        return mkdtemp(name);
    }
    ~RecordTest() override { std::filesystem::remove_all(folder_); }
    Reason refused(const Identity& now) const {
        const auto admitted = record_.admit(now);
        return admitted ? Reason::match : admitted.error().reason;
    }
    std::filesystem::path folder_ = fresh_folder();
    Record record_{folder_ / "camera"};
};

TEST_F(RecordTest, TheFirstCameraIsTheAcceptedOne) {
    EXPECT_FALSE(record_.accepted().value());
    EXPECT_TRUE(record_.admit(webcam));
    EXPECT_EQ(record_.accepted().value(), webcam);
    EXPECT_TRUE(record_.admit(webcam));
    EXPECT_EQ(std::filesystem::status(folder_ / "camera").permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(RecordTest, AnyOtherIsRefusedUntilItIsAccepted) {
    ASSERT_TRUE(record_.admit(webcam));
    for (const auto change :
         {+[](Identity& one) { one.model = "1234:5678"; }, +[](Identity& one) { one.serial = ""; },
          +[](Identity& one) { one.port = "1-3"; }, +[](Identity& one) { one.driver = "other"; },
          +[](Identity& one) { one.formats.pop_back(); }}) {
        Identity other = webcam;
        change(other);
        EXPECT_EQ(refused(other), Reason::camera_changed);
        EXPECT_NE(id_of(other), id_of(webcam));
        EXPECT_EQ(refused(webcam), Reason::match) << "nothing was accepted by being refused";
    }
    Identity other = webcam;
    other.port = "1-3";
    EXPECT_EQ(record_.admit(other).error().detail, "port 1-2, now 1-3");
    EXPECT_TRUE(record_.accept(other));
    EXPECT_EQ(refused(other), Reason::match);
    EXPECT_EQ(refused(webcam), Reason::camera_changed);
}

TEST_F(RecordTest, ADamagedFileLetsNoCameraInUntilOneIsAccepted) {
    const std::string good = text_of(webcam);
    for (const std::string& bad :
         {std::string(), good.substr(0, good.size() - 4), good + "x", std::string(200'000, 'a'),
          std::string("kaomon camera 2") + good.substr(15), good.substr(0, 40)}) {
        std::ofstream(folder_ / "camera") << bad;
        EXPECT_EQ(refused(webcam), Reason::camera_record_unusable) << bad.substr(0, 30);
    }
    EXPECT_TRUE(record_.accept(webcam));
    EXPECT_EQ(refused(webcam), Reason::match);
}

TEST_F(RecordTest, WhatCannotBeWrittenLetsNoCameraIn) {
    std::filesystem::remove_all(folder_);
    EXPECT_EQ(refused(webcam), Reason::camera_record_unusable);
    EXPECT_FALSE(record_.accept(webcam));
}

TEST(CameraIdentity, ComesBackFromItsText) {
    Identity many = webcam;
    many.serial = "";
    for (int i = 0; i < 510; ++i)
        many.formats.push_back("GREY " + std::to_string(i));
    EXPECT_EQ(read_identity(text_of(many)), many);
    many.formats.emplace_back("one more");
    EXPECT_FALSE(read_identity(text_of(many)));
}

} // namespace
} // namespace kaomon::camera::origin
