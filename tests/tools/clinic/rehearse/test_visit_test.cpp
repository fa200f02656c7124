#include "drivers/camera/simulated/camera.hpp"
#include "drivers/card/simulated/simulated_reader.hpp"
#include "tools/clinic/rehearse/test_visit.hpp"

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
    Visit run(camera::simulated::Settings settings, Milliseconds patience) {
        constexpr Date today = 2026y / November / 24;
        const auto camera = camera::simulated::make_simulated_camera(settings).value();
        const auto issued = issue_card(*read_photograph(models / "demo/obama.jpg"), {}, today).value();
        card::simulated::SimulatedReader reader;
        reader.insert(issued.card);
        return visit({.devices = {*camera, *pipeline, *decoder},
                      .demands = {},
                      .rule = {.policy = match::policy_of(PolicyName::normal)},
                      .min_tries = {},
                      .patience = patience},
                     reader, issued, today, [this](Reason hint) { hints.push_back(hint); });
    }

    std::unique_ptr<face::Pipeline> pipeline;
    std::unique_ptr<photo::Decoder> decoder;
    std::vector<Reason> hints;
};

TEST_F(TestVisit, TheHolderStandingThereIsVerified) {
    // Where the eyes are makes a still a living head.
    const auto done = run({.stills = {models / "demo/obama2.jpg#eyes=251,370,374,384"}}, seconds(90));
    EXPECT_EQ(done.verdict.reason, Reason::match) << word(done.verdict.reason);
    for (const double stage : {done.stages.first_frame, done.stages.card, done.stages.photograph,
                               done.stages.face, done.stages.comparison})
        EXPECT_GT(stage, 0);
}

TEST_F(TestVisit, AHeadThatShowsNoPresenceIsNotVerified) {
    const auto done = run({.stills = {models / "demo/obama2.jpg"}}, seconds(90));
    EXPECT_EQ(done.verdict.decision, match::Decision::undecided);
    EXPECT_EQ(done.verdict.reason, Reason::presence_not_shown) << word(done.verdict.reason);
}

TEST_F(TestVisit, NobodyThereIsToldAndHinted) {
    const auto done = run({.stills = {models / "demo/obama2.jpg#xywh=0,0,40,40"}}, seconds(2));
    EXPECT_EQ(done.verdict.decision, match::Decision::undecided);
    EXPECT_EQ(done.verdict.reason, Reason::no_face);
    EXPECT_THAT(hints, ::testing::Contains(Reason::no_face));
}

} // namespace
} // namespace kaomon::rehearse
