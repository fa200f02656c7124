// The compute thread on a scripted camera that shows the demo photographs, with the real nets.
#include "daemon/match/comparison.hpp"
#include "daemon/session/face_thread.hpp"
#include "drivers/card/simulated/jp2.hpp"
#include "tests/daemon/face/placed.hpp"
#include "tests/daemon/face/swaying.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

namespace kaomon::session {
namespace {

using namespace visit;

using namespace std::chrono_literals;

// What the test and the camera's lease share. Frames are 33 ms apart by their own clock, however long each
// takes.
struct Script {
    std::mutex mutex;
    std::condition_variable changed;
    std::function<Image(int)> scene; // by the number of the frame
    int frames = 0;                  // handed out
    int last = 1'000'000;            // after it the camera is lost
    camera::ExposureRange range{};
    float stops = 0;
    bool torn = false, interrupted = false;
    int leases = 0;
};

struct ScriptedLease : camera::CameraLease {
    explicit ScriptedLease(std::shared_ptr<Script> of) : script(std::move(of)) { ++script->leases; }
    ~ScriptedLease() override {
        const std::lock_guard lock(script->mutex);
        --script->leases;
        script->changed.notify_all();
    }
    Result<camera::Frame> next(Instant) override {
        const std::lock_guard lock(script->mutex);
        if (std::exchange(script->interrupted, false))
            return fail(Reason::cancelled);
        if (script->frames >= script->last)
            return fail(Reason::camera_lost);
        const int number = script->frames++;
        Image picture = script->scene(number);
        if (script->stops != 0) {
            const float brighter = std::exp2(script->stops / 2.2F);
            for (auto& value : picture.pixels)
                value = static_cast<std::uint8_t>(std::min(255.F, static_cast<float>(value) * brighter));
        }
        if (script->torn)
            picture.pixels.resize(100);
        script->changed.notify_all();
        return camera::Frame{.width = picture.width,
                             .height = picture.height,
                             .format = camera::PixelFormat::rgb24,
                             .bytes = std::move(picture.pixels),
                             .captured = Instant(1h) + 33ms * number,
                             .sequence = static_cast<std::uint64_t>(number)};
    }
    camera::ExposureRange exposure_range() override { return script->range; }
    Result<void> expose(float stops) override {
        const std::lock_guard lock(script->mutex);
        script->stops = stops;
        return {};
    }
    void interrupt() noexcept override {
        const std::lock_guard lock(script->mutex);
        script->interrupted = true;
    }
    std::shared_ptr<Script> script;
};

struct ScriptedCamera : camera::Camera {
    explicit ScriptedCamera(std::shared_ptr<Script> of) : script(std::move(of)) {}
    std::string id() const override { return "scripted"; }
    bool simulated() const noexcept override { return true; }
    Result<std::unique_ptr<camera::CameraLease>> open(Instant) override {
        return std::make_unique<ScriptedLease>(script);
    }
    std::shared_ptr<Script> script;
};

class FaceThreadTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        const auto pipeline = face::Pipeline::load(KAOMON_SOURCE_DIR "/models");
        ASSERT_TRUE(pipeline) << "run tools/models/fetch --demo";
        for (const auto* name : {"obama", "biden"}) {
            const Image portrait = face::photograph(name);
            const auto seen = (*pipeline)->observe(portrait);
            ASSERT_TRUE(seen);
            sitters[name] = face::sitter(portrait, *seen);
            templates.emplace(name, *(*pipeline)->embed(portrait, *seen));
        }
    }
    static void TearDownTestSuite() {
        sitters.clear();
        templates.clear();
    }
    void SetUp() override {
        ASSERT_EQ(templates.size(), 2U) << "run tools/models/fetch --demo";
        auto pipeline = face::Pipeline::load(KAOMON_SOURCE_DIR "/models");
        ASSERT_TRUE(pipeline);
        auto decoder = photo::Decoder::start(KAOMON_PHOTO, 5s); // sanitized
        ASSERT_TRUE(decoder) << decoder.error().detail;
        const auto always = liveness::always_required();
        work = std::make_unique<FaceThread>(FaceThread::Devices{std::make_unique<ScriptedCamera>(script),
                                                                std::move(*pipeline), std::move(*decoder)},
                                            capture::Demands{.required = {always.begin(), always.end()}},
                                            [this](std::uint64_t visit, FaceEvent event) {
                                                const std::lock_guard lock(mutex);
                                                EXPECT_EQ(visit, 7U);
                                                if (const auto* hint = std::get_if<FaceHint>(&event))
                                                    hints.emplace_back(word(hint->hint));
                                                else
                                                    end = std::move(event);
                                                arrived.notify_all();
                                            });
    }

    // A person who breathes and sways: never twice at the same place.
    static Image sitting(const char* who, int frame, double between = 70, double x = 320) {
        const double t = 0.2 * frame;
        return face::swaying(placed(sitters[who], x + 3 * std::sin(t), 220 + 2 * std::cos(1.3 * t),
                                    between + std::sin(0.7 * t)),
                             x + 3 * std::sin(t), 220 + 2 * std::cos(1.3 * t), between + std::sin(0.7 * t),
                             0.05 * std::sin(0.6 * t), frame);
    }
    // A wall, with a camera's noise.
    static Image nobody(int frame) {
        Image wall{.width = 640, .height = 480, .channels = 3, .pixels = {}};
        wall.pixels.assign(wall.stride() * 480, 90);
        auto noise = static_cast<unsigned>(frame);
        for (auto& value : wall.pixels) {
            noise = noise * 1664525U + 1013904223U;
            value = static_cast<std::uint8_t>(88 + (noise >> 30));
        }
        return wall;
    }
    static void darken(Image& picture, int divisor) {
        for (auto& value : picture.pixels)
            value = static_cast<std::uint8_t>(value / divisor);
    }

    // Plays the scene until the camera has shown all of its `frames` or the work has come to its end.
    void play(int frames, std::function<Image(int)> scene) {
        script->scene = std::move(scene);
        script->last = frames;
        work->begin(7);
        std::unique_lock lock(mutex);
        ASSERT_TRUE(arrived.wait_for(lock, 400s, // as long as a loaded machine with sanitizers needs
                                     [this] { return end.has_value(); }));
    }
    const FaceReady* ready() const { return end ? std::get_if<FaceReady>(&*end) : nullptr; }
    const FaceFailed* failed() const { return end ? std::get_if<FaceFailed>(&*end) : nullptr; }

    static inline std::map<std::string, face::Sitter> sitters;
    static inline std::map<std::string, face::Template> templates;
    std::shared_ptr<Script> script = std::make_shared<Script>();
    std::mutex mutex;
    std::condition_variable arrived;
    std::vector<std::string> hints;
    std::optional<FaceEvent> end;
    std::unique_ptr<FaceThread> work; // last: its thread uses all of the above
};

using Words = std::vector<std::string>;

TEST_F(FaceThreadTest, AGoodViewEndsSoon) {
    play(90, [](int frame) { return sitting("obama", frame); });
    ASSERT_TRUE(ready());
    ASSERT_FALSE(hints.empty());
    EXPECT_EQ(hints.front(), "hold_still"); // a request may follow: this head sways little
    EXPECT_LE(script->frames, 90);          // three seconds
    EXPECT_EQ(script->leases, 0) << "the camera is dark again";
    EXPECT_GT(match::compare(ready()->probe, templates.at("obama")), 0.9F);
    EXPECT_EQ(ready()->liveness.front().outcome, liveness::Outcome::pass);
}

TEST_F(FaceThreadTest, WhoIsFarAwayIsAskedToComeNearer) {
    play(100, [](int frame) {
        return sitting("obama", frame, frame < 12 ? 30 : 30 + 4 * std::min(frame - 12, 10));
    });
    ASSERT_TRUE(ready());
    EXPECT_EQ(hints.front(), "face_too_far");
    EXPECT_LE(hints.size(), 2U); // the end may come before there is anything to hold still for
}

TEST_F(FaceThreadTest, TwoPeopleAreToldSoAndNeitherIsTaken) {
    play(40, [](int frame) {
        Image both = sitting("obama", frame, 60, 160);
        face::paste(both, sitting("biden", frame, 60, 480), 320);
        return both;
    });
    ASSERT_TRUE(failed());
    EXPECT_EQ(failed()->why.reason, Reason::camera_lost);
    EXPECT_EQ(hints, Words{"several_faces"});
}

// One leaves in the middle, another one comes: the probe is of the second alone.
TEST_F(FaceThreadTest, TwoPeopleInTurnAreNotFused) {
    play(80,
         [](int frame) { return frame < 3 ? sitting("obama", frame) : sitting("biden", frame, 70, 340); });
    ASSERT_TRUE(ready() || failed());
    if (ready()) { // otherwise the feed's check saw the cut, which is as good
        EXPECT_LT(match::compare(ready()->probe, templates.at("obama")), 0.3F);
        EXPECT_GT(match::compare(ready()->probe, templates.at("biden")), 0.8F);
    }
}

TEST_F(FaceThreadTest, ADarkFaceIsExposedLonger) {
    script->range = {-2, 4};
    play(100, [](int frame) {
        Image dark = sitting("obama", frame);
        darken(dark, 4);
        return dark;
    });
    ASSERT_TRUE(ready());
    EXPECT_GT(script->stops, 1);
    EXPECT_EQ(hints.front(), "face_too_dark") << "until it is";
}

TEST_F(FaceThreadTest, WithoutControlsADarkFaceIsSaid) {
    play(40, [](int frame) {
        Image dark = sitting("obama", frame);
        darken(dark, 5);
        return dark;
    });
    ASSERT_TRUE(failed());
    EXPECT_EQ(script->stops, 0);
    EXPECT_EQ(hints, Words{"face_too_dark"});
}

TEST_F(FaceThreadTest, TornFramesForTwoThirdsOfASecondAreAFault) {
    script->torn = true;
    play(100, [](int frame) { return sitting("obama", frame); });
    ASSERT_TRUE(failed());
    EXPECT_EQ(failed()->why.reason, Reason::frame_malformed);
    EXPECT_EQ(script->frames, 20);
    EXPECT_EQ(script->leases, 0);
}

// Each by a worker of its own: the one of the visit before is gone.
TEST_F(FaceThreadTest, ThePhotographOfEachVisitBecomesItsReference) {
    script->scene = nobody;
    for (const auto* name : {"obama", "biden"}) {
        const face::Sitter& who = sitters[name];
        const Image portrait =
            face::cut(who.portrait, who.eyes.x - 2 * who.between, who.eyes.y - 2 * who.between,
                      4 * who.between, 5 * who.between, 240, 300, 1);
        auto jp2 = card::simulated::encode_jp2(portrait, 7000);
        ASSERT_TRUE(jp2);
        work->begin(7);
        work->reference(std::move(*jp2));
        {
            std::unique_lock lock(mutex);
            ASSERT_TRUE(arrived.wait_for(lock, 60s, [this] { return end.has_value(); }));
            const auto* made = std::get_if<ReferenceReady>(&*end);
            ASSERT_TRUE(made) << name;
            EXPECT_GT(match::compare(made->reference, templates.at(name)), 0.8F) << name;
            end.reset();
        }
        work->end();
    }
}

TEST_F(FaceThreadTest, EndLetsGoOfTheCameraWithinAFrame) {
    script->scene = nobody;
    work->begin(7);
    std::unique_lock lock(script->mutex);
    ASSERT_TRUE(script->changed.wait_for(lock, 60s, [&] { return script->frames >= 2; }));
    const int shown = script->frames;
    lock.unlock();
    work->end();
    lock.lock();
    ASSERT_TRUE(script->changed.wait_for(lock, 60s, [&] { return script->leases == 0; }));
    EXPECT_LE(script->frames, shown + 2);
}

} // namespace
} // namespace kaomon::session
