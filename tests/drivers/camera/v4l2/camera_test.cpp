#include "drivers/camera/jpeg.hpp"
#include "drivers/camera/raw.hpp"
#include "drivers/camera/v4l2/camera.hpp"
#include "tests/drivers/camera/origin/sysfs_tree.hpp"
#include "tests/drivers/camera/picture.hpp"
#include "tests/drivers/camera/v4l2/fake_device.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace kaomon::camera::v4l2 {
namespace {

using namespace std::chrono_literals;

Instant soon() {
    return SteadyClock::now() + 5s;
} // long enough for a loaded machine
Instant at_once() {
    return SteadyClock::now() + 30ms;
}

Bytes jpeg(int width = 640, int height = 480, int quality = 80) {
    const SecretBytes bytes = encode_jpeg(test_picture(width, height), quality);
    return {bytes.begin(), bytes.end()};
}

class V4l2 : public testing::Test {
  protected:
    V4l2() { device_.on_start = jpeg(); }

    Reason refused(Instant until = soon()) {
        const auto lease = camera_->open(until);
        EXPECT_FALSE(device_.is_open() && !lease); // a failed open leaves nothing behind
        return lease ? Reason::match : lease.error().reason;
    }

    FakeDevice device_{"/dev/kaomon-fake-camera"};
    origin::SysfsTree sysfs_{"kaomon-fake-camera"};
    std::unique_ptr<Camera> camera_ =
        make_v4l2_camera({.device = "/dev/kaomon-fake-camera", .budget = 2s, .sysfs = sysfs_.root()});
};

TEST_F(V4l2, MjpegFromOpenToClose) {
    EXPECT_FALSE(camera_->simulated());
    EXPECT_EQ(camera_->id(), "/dev/kaomon-fake-camera");
    {
        const auto lease = camera_->open(soon());
        ASSERT_TRUE(lease) << lease.error().detail;
        EXPECT_EQ(device_.chosen().pixelformat, V4L2_PIX_FMT_MJPEG);
        const auto first = (*lease)->next(at_once());
        ASSERT_TRUE(first);
        EXPECT_EQ(first->format, PixelFormat::mjpeg);
        EXPECT_EQ(first->sequence, 0);
        const auto image = decode(*first);
        ASSERT_TRUE(image);
        EXPECT_LT(mean_difference(*image, test_picture(640, 480)), 5);

        const Instant captured = SteadyClock::now() - 20ms;
        device_.deliver(jpeg(), {.captured = captured});
        const auto second = (*lease)->next(at_once());
        ASSERT_TRUE(second);
        EXPECT_EQ(second->sequence, 1);
        EXPECT_LT(captured - second->captured, 1us); // the driver counts in microseconds
        EXPECT_EQ((*lease)->next(at_once()).error().reason, Reason::camera_silent);
        EXPECT_TRUE(device_.streaming());
    }
    EXPECT_FALSE(device_.is_open());
    EXPECT_FALSE(device_.streaming());
    EXPECT_TRUE(camera_->open(soon())); // and again
}

TEST_F(V4l2, YuyvWithPaddedLines) {
    device_.formats = {V4L2_PIX_FMT_NV12, V4L2_PIX_FMT_YUYV};
    device_.sizes = {{160, 120}};
    device_.padding = 64;
    device_.on_start.assign((160 * 2 + 64) * 120, 99);
    for (std::size_t y = 0; y < 120; ++y) { // grey, its brightness growing with the lines
        for (std::size_t x = 0; x < 320; ++x) {
            device_.on_start[y * 384 + x] = x % 2 == 0 ? static_cast<std::uint8_t>(16 + y) : 128;
        }
    }
    const auto lease = camera_->open(soon());
    ASSERT_TRUE(lease) << lease.error().detail;
    const auto frame = (*lease)->next(at_once());
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->format, PixelFormat::yuyv);
    const auto image = decode(*frame);
    ASSERT_TRUE(image);
    EXPECT_EQ(image->width, 160);
    EXPECT_NEAR(image->pixels[(100 * 160 + 159) * 3], 116, 1); // 100 * 255 / 219
    device_.deliver(Bytes(1000));                              // too short to be a picture
    EXPECT_EQ((*lease)->next(at_once()).error().reason, Reason::camera_silent);
}

struct Raw {
    std::uint32_t fourcc;
    PixelFormat format;
};

TEST_F(V4l2, EachRawFormatWithPaddedLines) {
    const Image picture = test_picture(160, 120);
    for (const auto& [fourcc, format] :
         {Raw{V4L2_PIX_FMT_UYVY, PixelFormat::uyvy}, Raw{V4L2_PIX_FMT_NV12, PixelFormat::nv12},
          Raw{V4L2_PIX_FMT_GREY, PixelFormat::grey}}) {
        device_.formats = {V4L2_PIX_FMT_H264, fourcc};
        device_.sizes = {{160, 120}};
        device_.padding = 32;
        const SecretBytes raw = raw_from_rgb(format, picture);
        const RawLayout layout = raw_layout(format, 160, 120);
        device_.on_start.clear();
        for (std::size_t y = 0; y < layout.rows; ++y) {
            const auto row = ByteView(raw).subspan(y * layout.row_bytes, layout.row_bytes);
            device_.on_start.insert(device_.on_start.end(), row.begin(), row.end());
            device_.on_start.resize(device_.on_start.size() + 32, 99);
        }
        const auto lease = camera_->open(soon());
        ASSERT_TRUE(lease) << lease.error().detail;
        const auto frame = (*lease)->next(at_once());
        ASSERT_TRUE(frame);
        EXPECT_EQ(frame->format, format);
        EXPECT_EQ(frame->bytes, raw);
        EXPECT_TRUE(decode(*frame));
    }
}

TEST_F(V4l2, TheBetterFormatIsTaken) {
    const auto taken = [this](std::vector<std::uint32_t> offered) {
        device_.formats = std::move(offered);
        const auto lease = camera_->open(soon());
        return lease ? device_.chosen().pixelformat : 0;
    };
    device_.on_start.assign(640 * 480 * 2, 128);
    EXPECT_EQ(taken({V4L2_PIX_FMT_GREY, V4L2_PIX_FMT_NV12, V4L2_PIX_FMT_UYVY, V4L2_PIX_FMT_YUYV,
                     V4L2_PIX_FMT_MJPEG}),
              V4L2_PIX_FMT_MJPEG);
    EXPECT_EQ(taken({V4L2_PIX_FMT_GREY, V4L2_PIX_FMT_NV12}), V4L2_PIX_FMT_NV12);
    EXPECT_EQ(taken({V4L2_PIX_FMT_Y16, V4L2_PIX_FMT_GREY}), V4L2_PIX_FMT_GREY);
}

TEST_F(V4l2, SaysWhatIsOfferedWhereNothingCanBeDecoded) {
    device_.formats = {V4L2_PIX_FMT_H264, V4L2_PIX_FMT_Y16};
    const auto lease = camera_->open(soon());
    ASSERT_FALSE(lease);
    EXPECT_EQ(lease.error().reason, Reason::camera_unsuitable);
    EXPECT_EQ(lease.error().detail,
              "the camera offers only H264, Y16, none of MJPEG, YUYV, UYVY, NV12, GREY");
}

TEST_F(V4l2, TakesTheSizeNearestToTheWish) {
    const auto camera = make_v4l2_camera(
        {.device = "/dev/kaomon-fake-camera", .width = 1000, .height = 700, .sysfs = sysfs_.root()});
    device_.on_start = jpeg(1280, 720);
    ASSERT_TRUE(camera->open(soon()));
    EXPECT_EQ(device_.chosen().width, 1280);
}

TEST_F(V4l2, NewestFrameWins) {
    const auto lease = camera_->open(soon());
    ASSERT_TRUE(lease);
    for (const int quality : {40, 50, 60})
        device_.deliver(jpeg(640, 480, quality));
    const auto frame = (*lease)->next(at_once());
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->sequence, 3); // 0 came with open()
    EXPECT_EQ(Bytes(frame->bytes.begin(), frame->bytes.end()), jpeg(640, 480, 60));
    EXPECT_EQ((*lease)->next(at_once()).error().reason, Reason::camera_silent);
    for (int i = 0; i < 20; ++i) { // all buffers went back to the driver: it can go on for ever
        device_.deliver(jpeg());
        ASSERT_TRUE((*lease)->next(at_once())) << i;
    }
}

TEST_F(V4l2, AfterALongPauseAFreshFrameIsAwaited) {
    const auto lease = camera_->open(soon());
    ASSERT_TRUE(lease);
    const auto fill = [&] {
        for (int i = 0; i < 6; ++i)
            device_.deliver(jpeg(), {.captured = SteadyClock::now() - 1s});
    };
    fill();
    std::jthread driver([&] {
        std::this_thread::sleep_for(20ms);
        device_.deliver(jpeg());
    });
    const auto fresh = (*lease)->next(soon());
    ASSERT_TRUE(fresh);
    EXPECT_LT(SteadyClock::now() - fresh->captured, 900ms);
    EXPECT_EQ(fresh->sequence, 7); // 4 filled the buffers, 2 were dropped
    driver.join();
    fill();
    const auto old = (*lease)->next(at_once()); // no fresh one comes: the old one is better than nothing
    ASSERT_TRUE(old);
    EXPECT_EQ(old->sequence, 11);
}

TEST_F(V4l2, DamagedFramesAreDropped) {
    const auto lease = camera_->open(soon());
    ASSERT_TRUE(lease);
    ASSERT_TRUE((*lease)->next(at_once()));
    device_.deliver(jpeg());
    device_.deliver(jpeg(), {.flags = V4L2_BUF_FLAG_ERROR});
    device_.deliver({});
    EXPECT_EQ((*lease)->next(at_once())->sequence, 1);
    for (int i = 0; i < 10; ++i) {
        device_.deliver(jpeg(), {.flags = V4L2_BUF_FLAG_ERROR});
        ASSERT_EQ((*lease)->next(SteadyClock::now()).error().reason, Reason::camera_silent);
    }
    device_.deliver(jpeg());
    EXPECT_TRUE((*lease)->next(at_once()));
}

TEST_F(V4l2, ForeignOrAbsurdTimestampIsReplacedByNow) {
    const auto lease = camera_->open(soon());
    ASSERT_TRUE(lease);
    const Instant start = SteadyClock::now();
    using Delivery = FakeDevice::Delivery;
    for (const Delivery delivery :
         {Delivery{.flags = V4L2_BUF_FLAG_TIMESTAMP_UNKNOWN, .captured = start - 1s},
          Delivery{.captured = start + 1h}, Delivery{.captured = Instant{}}}) {
        device_.deliver(jpeg(), delivery);
        const auto frame = (*lease)->next(at_once());
        ASSERT_TRUE(frame);
        EXPECT_GE(frame->captured, start);
        EXPECT_LE(frame->captured, SteadyClock::now());
    }
}

TEST_F(V4l2, UnpluggedWhileStreaming) {
    auto lease = camera_->open(soon());
    ASSERT_TRUE(lease);
    ASSERT_TRUE((*lease)->next(at_once()));
    std::jthread hand([&] {
        std::this_thread::sleep_for(20ms);
        device_.unplug();
    });
    EXPECT_EQ((*lease)->next(soon()).error().reason, Reason::camera_lost);
    EXPECT_EQ((*lease)->next(soon()).error().reason, Reason::camera_lost);
    lease->reset();
    EXPECT_EQ(refused(), Reason::no_camera);
}

TEST_F(V4l2, InterruptEndsNextAtOnce) {
    const auto lease = camera_->open(soon());
    ASSERT_TRUE(lease);
    ASSERT_TRUE((*lease)->next(at_once()));
    const Instant start = SteadyClock::now();
    std::jthread other([&] {
        std::this_thread::sleep_for(20ms);
        (*lease)->interrupt();
    });
    EXPECT_EQ((*lease)->next(start + 60s).error().reason, Reason::cancelled);
    EXPECT_LT(SteadyClock::now() - start, 10s);
    other.join();
    (*lease)->interrupt(); // nobody waits: the next one ends
    device_.deliver(jpeg());
    EXPECT_EQ((*lease)->next(soon()).error().reason, Reason::cancelled);
    EXPECT_TRUE((*lease)->next(soon()));
}

TEST_F(V4l2, OpenMeansThatAFrameHasCome) {
    device_.on_start.clear();
    EXPECT_EQ(refused(at_once()), Reason::camera_silent);
}

TEST_F(V4l2, DriverErrorWhileStreaming) {
    const auto lease = camera_->open(soon());
    ASSERT_TRUE(lease);
    device_.errors[VIDIOC_DQBUF] = EIO;
    device_.deliver(jpeg());
    const auto frame = (*lease)->next(at_once());
    ASSERT_FALSE(frame);
    EXPECT_EQ(frame.error().reason, Reason::camera_error);
    EXPECT_NE(frame.error().detail.find("VIDIOC_DQBUF"), std::string::npos);
}

TEST_F(V4l2, LateIoctlIsAnErrorThatNamesIt) {
    const auto camera =
        make_v4l2_camera({.device = "/dev/kaomon-fake-camera", .budget = 100ms, .sysfs = sysfs_.root()});
    device_.delays[VIDIOC_STREAMON] = 150ms;
    const auto lease = camera->open(soon());
    ASSERT_FALSE(lease);
    EXPECT_EQ(lease.error().reason, Reason::camera_error);
    EXPECT_NE(lease.error().detail.find("VIDIOC_STREAMON"), std::string::npos);
    EXPECT_FALSE(device_.is_open());
}

struct Refusal {
    const char* name;
    void (*arrange)(FakeDevice&);
    Reason reason;
};

class V4l2Refuses : public V4l2, public testing::WithParamInterface<Refusal> {};

TEST_P(V4l2Refuses, WithItsReason) {
    GetParam().arrange(device_);
    EXPECT_EQ(refused(), GetParam().reason);
}

constexpr Refusal refusals[] = {
    {"NoSuchFile", [](FakeDevice& d) { d.open_error = ENOENT; }, Reason::no_camera},
    {"Unplugged", [](FakeDevice& d) { d.unplug(); }, Reason::no_camera},
    {"PluggedOutMeanwhile", [](FakeDevice& d) { d.errors[VIDIOC_S_FMT] = ENODEV; }, Reason::no_camera},
    {"NotPermitted", [](FakeDevice& d) { d.open_error = EACCES; }, Reason::camera_error},
    {"BusyToOpen", [](FakeDevice& d) { d.open_error = EBUSY; }, Reason::camera_busy},
    {"BusyToConfigure", [](FakeDevice& d) { d.errors[VIDIOC_S_FMT] = EBUSY; }, Reason::camera_busy},
    {"BusyToMap", [](FakeDevice& d) { d.errors[VIDIOC_REQBUFS] = EBUSY; }, Reason::camera_busy},
    {"BusyToStream", [](FakeDevice& d) { d.errors[VIDIOC_STREAMON] = EBUSY; }, Reason::camera_busy},
    {"NoUsbBandwidth", [](FakeDevice& d) { d.errors[VIDIOC_STREAMON] = ENOSPC; }, Reason::camera_error},
    {"NoBuffer", [](FakeDevice& d) { d.errors[VIDIOC_QUERYBUF] = ENOMEM; }, Reason::camera_error},
    {"NoVideoDevice", [](FakeDevice& d) { d.errors[VIDIOC_QUERYCAP] = ENOTTY; }, Reason::camera_unsuitable},
    {"OutputDevice", [](FakeDevice& d) { d.capabilities = V4L2_CAP_VIDEO_OUTPUT; },
     Reason::camera_unsuitable},
    {"NoKnownFormat", [](FakeDevice& d) { d.formats = {V4L2_PIX_FMT_H264}; }, Reason::camera_unsuitable},
    {"NoFormat", [](FakeDevice& d) { d.formats = {}; }, Reason::camera_unsuitable},
    {"TooSmall", [](FakeDevice& d) { d.sizes = {{64, 48}}; }, Reason::camera_unsuitable},
    {"TooLarge", [](FakeDevice& d) { d.sizes = {{7680, 4320}}; }, Reason::camera_unsuitable},
};
INSTANTIATE_TEST_SUITE_P(All, V4l2Refuses, testing::ValuesIn(refusals),
                         [](const auto& test) { return test.param.name; });

TEST_F(V4l2, NoRateAndNoListOfSizesIsNoObstacle) {
    device_.errors = {{VIDIOC_S_PARM, ENOTTY}, {VIDIOC_ENUM_FRAMESIZES, ENOTTY}};
    EXPECT_TRUE(camera_->open(soon()));
}

} // namespace
} // namespace kaomon::camera::v4l2
