// Cameras that are there and cannot be opened: candidates, or what to do first.
#include "tools/clinic/choose/measure_camera.hpp"
#include "tools/clinic/choose/ranking.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kaomon::choose {
namespace {

using namespace std::chrono;

class Closed final : public camera::Camera {
  public:
    explicit Closed(Failure why) : why_(std::move(why)) {}
    std::string id() const override { return "usb-cheap-video-index0"; }
    bool simulated() const noexcept override { return false; }
    Result<std::unique_ptr<camera::CameraLease>> open(Instant) override { return std::unexpected(why_); }

  private:
    Failure why_;
};

class NobodyThere final : public Guide {
  public:
    void put_card(int, int) override {}
    void take_card() override {}
    void unplug() override {}
    void plug() override {}
    void stand(Light, int) override {}
    void note(const Text&) override {}
    bool stopped() const override { return false; }
};

Result<void> measure(Failure why, CameraFacts& facts) {
    Closed camera(std::move(why));
    NobodyThere guide;
    return measure_camera(camera, guide, {}, facts);
}

TEST(MeasureCamera, OneThatOffersNothingUsableIsACandidateNotToBuy) {
    CameraFacts facts;
    facts.formats = {"H264 1920x1080@30", "Y16 640x480@30"};
    ASSERT_TRUE(measure({Reason::camera_unsuitable, "the camera offers only H264, Y16"}, facts));
    const Measurement kept = measurement_of(facts, "A", 2026y / November / 29);
    EXPECT_EQ(kept.id, "usb-cheap-video-index0");
    EXPECT_EQ(parse(print(kept)).value_or(Measurement{}).criteria.size(), kept.criteria.size());
    const Ranked judged = judge(kept);
    EXPECT_EQ(judged.grade, Grade::fail);
    EXPECT_THAT(judged.reason.en, ::testing::HasSubstr("offers only H264, Y16"));
    EXPECT_THAT(judged.reason.ja, ::testing::HasSubstr("H264 1920x1080@30"));
    EXPECT_EQ(kept.find("ended"), nullptr) << "it did not go away";
}

TEST(MeasureCamera, WhatIsNoCameraOrNotToBeHadIsNoCandidate) {
    CameraFacts nothing;
    EXPECT_EQ(measure({Reason::camera_unsuitable, "no video device"}, nothing).error().reason,
              Reason::camera_unsuitable);
    for (const Reason why :
         {Reason::no_camera, Reason::camera_busy, Reason::camera_silent, Reason::camera_error}) {
        CameraFacts facts;
        facts.formats = {"MJPG 640x480@30"};
        EXPECT_EQ(measure({why, ""}, facts).error().reason, why);
        EXPECT_TRUE(facts.unusable.empty());
    }
}

} // namespace
} // namespace kaomon::choose
