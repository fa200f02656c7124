#include "drivers/camera/v4l2/scan.hpp"
#include "tests/drivers/camera/v4l2/fake_device.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace kaomon::camera::v4l2 {
namespace {

namespace fs = std::filesystem;

class Scan : public testing::Test {
  protected:
    Scan() {
        std::string name = (fs::temp_directory_path() / "kaomon_scan.XXXXXX").string();
        root_ = mkdtemp(name.data());
        places_ = {root_ / "dev", root_ / "class"};
        fs::create_directories(places_.devices / "v4l/by-id");
        fs::create_directories(places_.devices / "v4l/by-path");
        for (const char* node : {"video0", "video1"}) {
            std::ofstream(places_.devices / node) << "a plain file: not a video device";
            fs::create_directories(places_.classes / node);
        }
    }
    ~Scan() override { fs::remove_all(root_); }

    void link(const char* name, const char* node) {
        fs::create_symlink(places_.devices / node, places_.devices / "v4l" / name);
    }

    fs::path root_;
    Places places_;
};

TEST_F(Scan, NamesACameraByItsIdLinkOnce) {
    const FakeDevice device(places_.devices / "video0");
    link("by-id/usb-Maker_Model_1-video-index0", "video0");
    link("by-path/pci-0-usb-1", "video0");
    const auto found = scan(places_);
    ASSERT_EQ(found.size(), 1); // video1 is no camera
    EXPECT_EQ(found[0].id, "usb-Maker_Model_1-video-index0");
    EXPECT_EQ(found[0].path, fs::canonical(places_.devices / "video0"));
    EXPECT_EQ(found[0].name, "Fake Camera");
    EXPECT_EQ(found[0].bus, "usb-fake-1");
}

TEST_F(Scan, FallsBackToThePlugAndThenToTheNode) {
    const FakeDevice device(places_.devices / "video1");
    EXPECT_EQ(find("", places_)->id, "video1");
    link("by-path/pci-0-usb-1", "video1");
    EXPECT_EQ(find("", places_)->id, "pci-0-usb-1");
}

TEST_F(Scan, MetadataNodeIsNoCamera) {
    FakeDevice device(places_.devices / "video0");
    device.capabilities = V4L2_CAP_META_CAPTURE | V4L2_CAP_STREAMING;
    EXPECT_TRUE(scan(places_).empty());
    EXPECT_EQ(find("", places_).error().reason, Reason::no_camera);
}

TEST_F(Scan, FindsAConfiguredNameWhetherOrNotItWorks) {
    link("by-id/usb-Maker_Model_1-video-index0", "video0");
    EXPECT_EQ(find("usb-Maker_Model_1-video-index0", places_)->path,
              places_.devices / "v4l/by-id/usb-Maker_Model_1-video-index0");
    EXPECT_EQ(find("/dev/somewhere", places_)->path, "/dev/somewhere");
    EXPECT_EQ(find("usb-Other", places_).error().reason, Reason::no_camera);
}

TEST_F(Scan, NoFoldersAreNoCameras) {
    EXPECT_TRUE(scan({root_ / "none", root_ / "none"}).empty());
}

} // namespace
} // namespace kaomon::camera::v4l2
