#include "drivers/camera/simulated/camera.hpp"
#include "tools/rehearse/test_visit.hpp"

#include <gmock/gmock.h>

namespace kaomon::rehearse {
namespace {

using namespace std::chrono;

const std::filesystem::path models = KAOMON_SOURCE_DIR "/models";

struct TestVisit : ::testing::Test {
    void SetUp() override {
        pipeline = face::Pipeline::load(models).value();
        decoder = photo::Decoder::start(KAOMON_PHOTO_WORKER, seconds(5)).value(); // sanitized
    }
    Result<Visit> run(camera::simulated::Settings settings, Milliseconds patience) {
        const auto camera = camera::simulated::make_simulated_camera(settings).value();
        return visit({.camera = *camera, .pipeline = *pipeline, .decoder = *decoder, .patience = patience},
                     2026y / November / 24, [this](Reason hint) { hints.push_back(hint); });
    }

    std::unique_ptr<face::Pipeline> pipeline;
    std::unique_ptr<photo::Decoder> decoder;
    std::vector<Reason> hints;
};

TEST_F(TestVisit, ThePersonStandingThereIsTheHolderOfTheCardMadeOfThem) {
    const auto done = run({.stills = {models / "demo/obama2.jpg"}}, seconds(30));
    ASSERT_TRUE(done) << word(done.error().reason) << done.error().detail;
    EXPECT_EQ(done->reason, Reason::match);
    for (const double stage : {done->stages.first_frame, done->stages.card, done->stages.photograph,
                               done->stages.face, done->stages.comparison})
        EXPECT_GT(stage, 0);
}

TEST_F(TestVisit, NobodyThereIsToldAndHinted) {
    const auto done = run({.stills = {models / "demo/obama2.jpg#xywh=0,0,40,40"}}, seconds(2));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().reason, Reason::no_face);
    EXPECT_THAT(hints, ::testing::Contains(Reason::no_face));
}

} // namespace
} // namespace kaomon::rehearse
