#include "drivers/camera/simulated/camera.hpp"
#include "drivers/card/simulated/simulated_reader.hpp"
#include "tools/clinic/rehearse/parts.hpp"
#include "tools/clinic/rehearse/simulated_card.hpp"

#include <gmock/gmock.h>

namespace kaomon::rehearse {
namespace {

using namespace std::chrono;
using card::simulated::SimulatedReader;

const std::filesystem::path models = KAOMON_SOURCE_DIR "/models";
constexpr Date today = 2027y / March / 31;

Image photograph() {
    return read_photograph(models / "demo/obama.jpg").value();
}

struct Prompts {
    std::vector<std::string> said;
    Prompt listen() {
        return [this](const Text& text) { said.push_back(text.ja); };
    }
};

Standing standing_of(const Part& part, std::string_view word) {
    for (const Finding& one : part.findings) {
        if (one.word == word)
            return one.standing;
    }
    ADD_FAILURE() << "no finding " << word;
    return Standing::not_checkable;
}

// Of every secret on the card.
std::vector<int> tries_of(const card::simulated::Card& card) {
    std::vector<int> tries;
    for (const auto& application : card.contents().applications) {
        for (const auto& file : application.files)
            tries.push_back(file.tries_left);
    }
    return tries;
}

TEST(ReaderPart, ReadsACardThatLiesThereWithoutATry) {
    const auto issued = issue_card(photograph(), {}, today).value();
    const std::vector<int> before = tries_of(*issued.card);
    SimulatedReader reader;
    reader.insert(issued.card);
    Prompts prompts;
    const Part part = look_at_reader(reader, seconds(1), today, prompts.listen());
    EXPECT_EQ(part.standing(), Standing::good);
    EXPECT_TRUE(prompts.said.empty()) << "the card lies there already";
    EXPECT_EQ(tries_of(*issued.card), before);
}

TEST(ReaderPart, NoCardNoServiceAndAFaultAreTold) {
    const auto issued = issue_card(photograph(), {}, today).value();
    SimulatedReader reader;
    Prompts prompts;
    Part part = look_at_reader(reader, milliseconds(50), today, prompts.listen());
    EXPECT_EQ(standing_of(part, "card"), Standing::attention);
    EXPECT_EQ(prompts.said.size(), 1U);
    reader.insert(issued.card);
    reader.apply(*fault::parse_fault("pull after 1"));
    part = look_at_reader(reader, milliseconds(50), today, prompts.listen());
    EXPECT_EQ(standing_of(part, "card"), Standing::failed);
    EXPECT_FALSE(part.findings.back().ask.ja.empty());
    reader.apply(*fault::parse_fault("unplug"));
    part = look_at_reader(reader, milliseconds(50), today, prompts.listen());
    EXPECT_EQ(standing_of(part, "reader"), Standing::failed);
    EXPECT_EQ(part.findings.size(), 1U) << "without a reader there is nothing more to say";
}

struct CameraPart : ::testing::Test {
    void SetUp() override {
        pipeline = face::Pipeline::load(models).value();
        decoder = photo::Decoder::start(KAOMON_PHOTO_WORKER, seconds(5)).value(); // sanitized
    }
    Desk desk(camera::Camera& camera, Milliseconds patience) {
        return {.devices = {camera, *pipeline, *decoder},
                .demands = {},
                .rule = {.policy = match::policy_of(PolicyName::normal)},
                .min_tries = {},
                .patience = patience};
    }
    std::unique_ptr<face::Pipeline> pipeline;
    std::unique_ptr<photo::Decoder> decoder;
    Prompts prompts;
};

TEST_F(CameraPart, APersonInGoodLightIsGood) {
    const auto camera = camera::simulated::make_simulated_camera(
                            {.stills = {models / "demo/obama2.jpg#eyes=251,370,374,384"}})
                            .value(); // where the eyes are makes a still a living head
    const Part part = look_at_camera(desk(*camera, seconds(30)), prompts.listen());
    EXPECT_EQ(standing_of(part, "light"), Standing::good) << part.findings.back().seen.ja;
    EXPECT_EQ(part.findings.size(), 3U);
    TestCard card{.photograph = photograph()};
    const Part visited = look_at_visit(desk(*camera, seconds(30)), card, today, prompts.listen());
    EXPECT_EQ(visited.standing(), Standing::good) << visited.findings.front().seen.ja;
    EXPECT_THAT(visited.findings.front().seen.en, ::testing::HasSubstr("camera"));
}

// What the camera shows of a still is that very still: a print of it would look the same.
TEST_F(CameraPart, AStillWhoseOwnPhotographIsOnTheCardIsNobody) {
    const auto camera =
        camera::simulated::make_simulated_camera({.stills = {models / "demo/obama2.jpg"}}).value();
    const Part visited = look_at_visit(desk(*camera, seconds(30)), {}, today, prompts.listen());
    EXPECT_EQ(visited.standing(), Standing::failed);
    EXPECT_THAT(visited.findings.front().seen.ja,
                ::testing::HasSubstr(describe(Reason::photo_replayed).japanese));
}

TEST_F(CameraPart, NobodyThereAndACameraInUseAreTold) {
    const auto camera =
        camera::simulated::make_simulated_camera({.stills = {models / "demo/obama2.jpg#xywh=0,0,40,40"}})
            .value();
    Part part = look_at_camera(desk(*camera, seconds(1)), prompts.listen());
    EXPECT_EQ(standing_of(part, "light"), Standing::failed);
    const auto held = camera->open(SteadyClock::now() + seconds(5)).value();
    part = look_at_camera(desk(*camera, seconds(1)), prompts.listen());
    EXPECT_EQ(standing_of(part, "camera"), Standing::failed);
    EXPECT_EQ(part.findings.size(), 1U);
}

TEST(CertificatePart, CountsTheDaysOfWhatWasReadLast) {
    const auto record = [](Date end, bool client) {
        return certificate::Record{2026y / December / 1, {{std::string(64, 'a'), end, client}}};
    };
    EXPECT_EQ(look_at_certificate({}, today).standing(), Standing::not_checkable);
    EXPECT_EQ(look_at_certificate(record(2029y / December / 1, true), today).standing(), Standing::good);
    EXPECT_EQ(look_at_certificate(record(2027y / June / 29, true), today).standing(), Standing::attention)
        << "90 days";
    EXPECT_EQ(look_at_certificate(record(2027y / June / 30, true), today).standing(), Standing::good)
        << "91 days";
    EXPECT_EQ(look_at_certificate(record(2027y / March / 30, true), today).standing(), Standing::failed);
    EXPECT_EQ(look_at_certificate(record(2029y / December / 1, false), today).standing(),
              Standing::attention);
}

TEST(ClockPart, ADayBeforeAKnownOneIsWrong) {
    EXPECT_EQ(standing_of(look_at_clock(today, today, {}), "day"), Standing::good);
    EXPECT_EQ(standing_of(look_at_clock(today, 2027y / April / 1, {}), "day"), Standing::failed);
    const std::vector<Finding> asked{{"clock", {}, Standing::failed, {}, {}, {}}};
    EXPECT_EQ(look_at_clock(today, today, asked).findings.size(), 3U);
}

} // namespace
} // namespace kaomon::rehearse
