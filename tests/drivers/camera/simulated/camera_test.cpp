#include "drivers/camera/simulated/camera.hpp"
#include "drivers/camera/simulated/scene.hpp"
#include "tests/drivers/camera/simulated/still_file.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace kaomon::camera::simulated {
namespace {

using namespace std::chrono_literals;

Instant soon() {
    return SteadyClock::now() + 10s;
} // long enough for a loaded machine
Instant at_once() {
    return SteadyClock::now() + 50ms;
}

class SimulatedCameraTest : public testing::Test {
  protected:
    Settings settings() const {
        return {.stills = {still_.path()}, .width = 160, .height = 120, .fault_fifo = still_.fifo()};
    }
    void make(const Settings& settings) {
        auto made = make_simulated_camera(settings);
        ASSERT_TRUE(made) << made.error().detail;
        camera_ = std::move(*made);
    }
    void SetUp() override { make(settings()); }

    // Faults are taken before the next frame.
    void fault(const char* line) const { std::ofstream(still_.fifo()) << line << "\n" << std::flush; }

    std::unique_ptr<CameraLease> open() {
        auto lease = camera_->open(soon());
        EXPECT_TRUE(lease);
        return lease ? std::move(*lease) : nullptr;
    }

    StillFile still_;
    std::unique_ptr<SimulatedCamera> camera_;
};

TEST_F(SimulatedCameraTest, SaysWhatItIs) {
    EXPECT_TRUE(camera_->simulated());
    EXPECT_EQ(camera_->id(), "simulated:1");
}

TEST_F(SimulatedCameraTest, FramesComeAtTheirRate) {
    auto wish = settings();
    wish.rate = 100;
    make(wish);
    const auto lease = open();
    const auto first = lease->next(soon());
    ASSERT_TRUE(first);
    const Instant start = SteadyClock::now();
    Instant before = first->captured;
    std::uint64_t last = 0;
    for (int i = 0; i < 30; ++i) {
        const auto frame = lease->next(soon());
        ASSERT_TRUE(frame);
        EXPECT_GT(frame->captured, before);
        EXPECT_LE(frame->captured, SteadyClock::now());
        EXPECT_EQ(frame->captured - first->captured, (frame->sequence - first->sequence) * 10ms);
        before = frame->captured;
        last = frame->sequence;
    }
    EXPECT_GE(SteadyClock::now() - start, 280ms); // never faster than the rate
    EXPECT_GE(last, first->sequence + 30);
}

TEST_F(SimulatedCameraTest, SlowConsumerGetsTheNewest) {
    const auto lease = open();
    const auto first = lease->next(soon());
    std::this_thread::sleep_for(300ms);
    const auto frame = lease->next(soon());
    ASSERT_TRUE(first && frame);
    EXPECT_GE(frame->sequence - first->sequence, 8); // 9 intervals have passed
}

TEST_F(SimulatedCameraTest, FramesCanBeDecoded) {
    const auto lease = open();
    const auto frame = lease->next(soon());
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->format, PixelFormat::mjpeg);
    const auto image = decode(*frame);
    ASSERT_TRUE(image);
    EXPECT_EQ(image->width, 160);
}

TEST_F(SimulatedCameraTest, HasOneLeaseAtATime) {
    auto lease = open();
    EXPECT_EQ(camera_->open(soon()).error().reason, Reason::camera_busy);
    lease.reset();
    EXPECT_TRUE(camera_->open(soon()));
}

TEST_F(SimulatedCameraTest, InterruptEndsNextAtOnce) {
    auto wish = settings();
    wish.rate = 1;
    make(wish);
    const auto lease = open();
    ASSERT_TRUE(lease->next(soon()));
    std::jthread other([&] {
        std::this_thread::sleep_for(20ms);
        lease->interrupt();
    });
    const Instant start = SteadyClock::now();
    EXPECT_EQ(lease->next(start + 60s).error().reason, Reason::cancelled);
    EXPECT_LT(SteadyClock::now() - start, 900ms);
    other.join();
    lease->interrupt(); // nobody waits: the next one ends
    EXPECT_EQ(lease->next(soon()).error().reason, Reason::cancelled);
    EXPECT_TRUE(lease->next(soon()));
}

TEST_F(SimulatedCameraTest, SilentUntilTheNextFrameIsDue) {
    auto wish = settings();
    wish.rate = 1;
    make(wish);
    EXPECT_EQ(camera_->open(at_once()).error().reason, Reason::camera_silent); // the first is due in a second
    const auto lease = open();
    ASSERT_TRUE(lease->next(soon()));
    EXPECT_EQ(lease->next(at_once()).error().reason, Reason::camera_silent);
}

TEST_F(SimulatedCameraTest, UnplugAndPlug) {
    fault("unplug");
    EXPECT_EQ(camera_->open(soon()).error().reason, Reason::no_camera);
    fault("plug");
    auto lease = open();
    ASSERT_TRUE(lease->next(soon()));
    fault("unplug");
    EXPECT_EQ(lease->next(soon()).error().reason, Reason::camera_lost);
    fault("plug");
    EXPECT_TRUE(lease->next(soon()));
}

TEST_F(SimulatedCameraTest, UnplugEndsAWaitAtOnce) {
    auto wish = settings();
    wish.rate = 1;
    make(wish);
    const auto lease = open();
    ASSERT_TRUE(lease->next(soon()));
    const Instant start = SteadyClock::now();
    std::jthread hand([&] {
        std::this_thread::sleep_for(20ms);
        fault("unplug");
    });
    EXPECT_EQ(lease->next(start + 60s).error().reason, Reason::camera_lost);
    EXPECT_LT(SteadyClock::now() - start, 900ms);
}

TEST_F(SimulatedCameraTest, FreezeRepeatsOnePictureWhileTheClockGoesOn) {
    const auto lease = open();
    const auto last = lease->next(soon());
    fault("freeze");
    const auto one = lease->next(soon()), two = lease->next(soon());
    ASSERT_TRUE(last && one && two);
    EXPECT_EQ(one->bytes, last->bytes);
    EXPECT_EQ(two->bytes, last->bytes);
    EXPECT_GT(two->sequence, one->sequence);
    EXPECT_GT(two->captured, one->captured);
    fault("clear");
    EXPECT_NE(lease->next(soon())->bytes, last->bytes);
}

TEST_F(SimulatedCameraTest, BlackAndClear) {
    const auto brightness = [](const Result<Frame>& frame) {
        const auto image = decode(*frame);
        double sum = 0;
        for (const auto value : image->pixels)
            sum += value;
        return sum / static_cast<double>(image->pixels.size());
    };
    const auto lease = open();
    EXPECT_GT(brightness(lease->next(soon())), 80);
    fault("black");
    EXPECT_LT(brightness(lease->next(soon())), 5);
    fault("clear");
    EXPECT_GT(brightness(lease->next(soon())), 80);
}

TEST_F(SimulatedCameraTest, MuteErrorAndClear) {
    const auto lease = open();
    fault("mute");
    EXPECT_EQ(lease->next(at_once()).error().reason, Reason::camera_silent);
    fault("error 5");
    EXPECT_EQ(lease->next(at_once()).error().reason, Reason::camera_error);
    EXPECT_EQ(lease->next(at_once()).error().reason, Reason::camera_error);
    fault("clear");
    EXPECT_TRUE(lease->next(soon()));
}

TEST_F(SimulatedCameraTest, SlowDelaysEveryFrame) {
    const auto lease = open();
    ASSERT_TRUE(lease->next(soon()));
    fault("slow 300");
    for (int i = 0; i < 3; ++i) {
        const auto frame = lease->next(soon());
        ASSERT_TRUE(frame);
        EXPECT_GE(SteadyClock::now() - frame->captured, 300ms);
    }
}

TEST_F(SimulatedCameraTest, FaultAfterSomeFrames) {
    fault("error 5 after 3");
    const auto lease = open();
    for (int i = 0; i < 3; ++i)
        ASSERT_TRUE(lease->next(soon())) << i;
    EXPECT_EQ(lease->next(soon()).error().reason, Reason::camera_error);
}

// A living head, and the frames it would show if nobody told it anything.
class ToldCameraTest : public SimulatedCameraTest {
  protected:
    void SetUp() override {
        wish_ = settings();
        wish_.stills = {still_.path().string() + "#eyes=120,150,180,150"};
        wish_.format = PixelFormat::rgb24;
        make(wish_);
        auto stage = std::make_shared<Stage>(Stage{wish_, {}});
        stage->stills.push_back(*load_still(wish_.stills.front(), wish_.width, wish_.height));
        untold_.emplace(stage, 0);
        lease_ = open();
    }
    // Whether the newest frame is what the untold head shows.
    bool as_untold() {
        const auto frame = lease_->next(soon());
        EXPECT_TRUE(frame);
        return frame && frame->bytes == untold_->frame(frame->sequence, false);
    }
    Settings wish_;
    std::optional<Scene> untold_;
    std::unique_ptr<CameraLease> lease_;
};

TEST_F(ToldCameraTest, APersonDoesWhatTheyAreAskedAfterAWhile) {
    for (const bool fifo : {true, false}) {
        ASSERT_TRUE(as_untold());
        if (fifo)
            fault("ask left");
        else
            camera_->ask(fault::Ask::up);
        EXPECT_TRUE(as_untold()) << "nobody is that fast";
        std::this_thread::sleep_for(1600ms);
        EXPECT_FALSE(as_untold());
        std::this_thread::sleep_for(3000ms); // there and back
    }
}

TEST_F(ToldCameraTest, LightShowsWithTheNextFrameAndClearEndsIt) {
    ASSERT_TRUE(as_untold());
    fault("light 255 0 0");
    EXPECT_FALSE(as_untold());
    fault("clear");
    EXPECT_TRUE(as_untold());
    camera_->light({0, 0, 255});
    EXPECT_FALSE(as_untold());
    camera_->light({});
    EXPECT_TRUE(as_untold());
}

TEST_F(SimulatedCameraTest, RefusesSettingsThatMakeNoSense) {
    const auto refused = [&](void (*change)(Settings&)) {
        Settings wish = settings();
        change(wish);
        const auto made = make_simulated_camera(wish);
        return made ? Reason::match : made.error().reason;
    };
    EXPECT_EQ(refused([](Settings& s) { s.stills.clear(); }), Reason::config_invalid);
    EXPECT_EQ(refused([](Settings& s) { s.stills.emplace_back("/nowhere.jpg"); }), Reason::config_invalid);
    EXPECT_EQ(refused([](Settings& s) { s.width = 161; }), Reason::config_invalid);
    EXPECT_EQ(refused([](Settings& s) { s.height = 5000; }), Reason::config_invalid);
    EXPECT_EQ(refused([](Settings& s) { s.rate = 0; }), Reason::config_invalid);
    EXPECT_EQ(refused([](Settings& s) { s.fault_fifo = "/nowhere/fifo"; }), Reason::config_invalid);
    EXPECT_EQ(refused([](Settings& s) { s.fault_fifo.clear(); }), Reason::match);
}

} // namespace
} // namespace kaomon::camera::simulated
