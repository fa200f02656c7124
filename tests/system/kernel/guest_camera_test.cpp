// The camera driver against a real kernel's V4L2 (the test driver vivid). Runs inside the virtual machine
// that kernel_test boots, never on the host.
#include "drivers/base/unique_fd.hpp"
#include "drivers/camera/v4l2/admission.hpp"
#include "drivers/camera/v4l2/camera.hpp"
#include "drivers/camera/v4l2/scan.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cstring>
#include <thread>

namespace kaomon::camera {
namespace {

using namespace std::chrono_literals;

// A control of vivid by its name: it stands for the hand that pulls the plug.
bool set_control(const std::filesystem::path& device, std::string_view name, int value) {
    const UniqueFd fd(open(device.c_str(), O_RDWR | O_CLOEXEC));
    v4l2_query_ext_ctrl query{};
    query.id = V4L2_CTRL_FLAG_NEXT_CTRL;
    while (fd && ioctl(fd.get(), VIDIOC_QUERY_EXT_CTRL, &query) == 0) {
        if (name == query.name) {
            v4l2_ext_control control{};
            control.id = query.id;
            control.value = value;
            v4l2_ext_controls all{};
            all.which = V4L2_CTRL_WHICH_CUR_VAL;
            all.count = 1;
            all.controls = &control;
            return ioctl(fd.get(), VIDIOC_S_EXT_CTRLS, &all) == 0;
        }
        query.id |= V4L2_CTRL_FLAG_NEXT_CTRL;
    }
    return false;
}

Instant soon() {
    return SteadyClock::now() + 20s; // the machine is emulated
}

// An emulated kernel answers an ioctl in its own time.
v4l2::Settings patient() {
    v4l2::Settings settings;
    settings.budget = 10s;
    settings.allow_virtual = true; // vivid is
    return settings;
}

struct Vivid : testing::Test {
    std::filesystem::path node = v4l2::find("")->path;
};

TEST_F(Vivid, IsFoundUnderAStableName) {
    const auto found = v4l2::scan();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].name, "vivid");
    EXPECT_EQ(found[0].bus, "platform:vivid-000");
    EXPECT_EQ(v4l2::find(found[0].id)->path, found[0].path);
}

TEST_F(Vivid, DeliversPicturesWithCountAndTime) {
    const auto camera = v4l2::make_v4l2_camera(patient());
    EXPECT_TRUE(camera->simulated());
    const auto lease = camera->open(soon());
    ASSERT_TRUE(lease) << lease.error().detail;
    Instant before{};
    std::uint64_t count = 0;
    for (int number = 0; number < 5; ++number) {
        const auto frame = (*lease)->next(soon());
        ASSERT_TRUE(frame) << frame.error().detail;
        EXPECT_GT(frame->captured, before);
        EXPECT_LE(frame->captured, SteadyClock::now()) << "the clock of the timestamps is ours";
        EXPECT_TRUE(number == 0 || frame->sequence > count);
        before = frame->captured;
        count = frame->sequence;
        const auto picture = decode(*frame);
        ASSERT_TRUE(picture) << picture.error().detail;
        const auto bytes = ByteView(picture->pixels);
        EXPECT_NE(*std::ranges::max_element(bytes), *std::ranges::min_element(bytes)) << "colour bars";
    }
}

TEST_F(Vivid, IsNoCameraOfAPatientUnlessItIsAllowed) {
    auto settings = patient();
    settings.allow_virtual = false;
    const auto refused = v4l2::make_v4l2_camera(settings)->open(soon());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::camera_virtual);
    EXPECT_TRUE(refused.error().detail.contains("vivid")) << refused.error().detail;
}

TEST_F(Vivid, IsKnownAgainAndAnotherOneIsNot) {
    auto settings = patient();
    settings.record = "/tmp/camera";
    ASSERT_TRUE(v4l2::make_v4l2_camera(settings)->open(soon()));
    const auto report = v4l2::look(settings);
    EXPECT_FALSE(report.fault) << report.fault->detail;
    ASSERT_TRUE(report.accepted && report.present);
    EXPECT_EQ(report.present->driver, "vivid");
    EXPECT_FALSE(report.present->formats.empty());
    auto other = *report.accepted;
    other.serial = "another";
    ASSERT_TRUE(origin::Record(settings.record).accept(other));
    EXPECT_EQ(v4l2::make_v4l2_camera(settings)->open(soon()).error().reason, Reason::camera_changed);
    ASSERT_TRUE(v4l2::accept(settings, origin::id_of(*report.present)));
    EXPECT_TRUE(v4l2::make_v4l2_camera(settings)->open(soon()));
}

TEST_F(Vivid, IsBusyForASecondOne) {
    const auto camera = v4l2::make_v4l2_camera(patient()), other = v4l2::make_v4l2_camera(patient());
    const auto lease = camera->open(soon());
    ASSERT_TRUE(lease) << lease.error().detail;
    const auto second = other->open(soon());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().reason, Reason::camera_busy) << second.error().detail;
}

TEST_F(Vivid, AStreamingErrorIsToldAndOpeningAgainWorks) {
    const auto camera = v4l2::make_v4l2_camera(patient());
    {
        const auto lease = camera->open(soon());
        ASSERT_TRUE(lease) << lease.error().detail;
        ASSERT_TRUE(set_control(node, "Inject Fatal Streaming Error", 1));
        auto frame = (*lease)->next(soon());
        while (frame)
            frame = (*lease)->next(soon());
        EXPECT_TRUE(frame.error().reason == Reason::camera_error ||
                    frame.error().reason == Reason::camera_lost)
            << word(frame.error().reason);
    }
    const auto again = camera->open(soon());
    EXPECT_TRUE(again) << again.error().detail;
}

TEST_F(Vivid, APulledPlugIsCameraLostAndThePluggedInAgainOneWorks) {
    const auto camera = v4l2::make_v4l2_camera(patient());
    {
        const auto lease = camera->open(soon());
        ASSERT_TRUE(lease) << lease.error().detail;
        ASSERT_TRUE((*lease)->next(soon()));
        ASSERT_TRUE(set_control(node, "Disconnect", 1));
        auto frame = (*lease)->next(soon());
        while (frame)
            frame = (*lease)->next(soon());
        EXPECT_EQ(frame.error().reason, Reason::camera_lost) << frame.error().detail;
    }
    // vivid plugs itself in again when the last handle is closed
    auto again = camera->open(soon());
    for (int attempt = 0; !again && attempt < 50; ++attempt) {
        std::this_thread::sleep_for(100ms);
        again = camera->open(soon());
    }
    EXPECT_TRUE(again) << again.error().detail;
}

} // namespace
} // namespace kaomon::camera
