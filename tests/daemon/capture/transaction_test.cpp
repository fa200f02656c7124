// One visit after the other before the simulated camera: what the person is told, and how it ends.
#include "daemon/capture/transaction.hpp"
#include "daemon/match/comparison.hpp"
#include "daemon/match/verdict.hpp"
#include "drivers/camera/metering.hpp"
#include "drivers/camera/simulated/scene.hpp"
#include "tests/daemon/face/photograph.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

namespace kaomon::capture {
namespace {

namespace sim = camera::simulated;
using camera::Presentation;
using liveness::Kind;
using liveness::Outcome;

constexpr int width = 640, height = 480, rate = 15; // frames a second

std::vector<Kind> always() {
    const auto kinds = liveness::always_required();
    return {kinds.begin(), kinds.end()};
}

class TransactionTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        auto loaded = face::Pipeline::load(KAOMON_SOURCE_DIR "/models");
        ASSERT_TRUE(loaded) << loaded.error().detail << ": run tools/models/fetch --demo";
        pipeline = std::move(*loaded);
    }
    static void TearDownTestSuite() { pipeline.reset(); }

    struct Sitter {
        Image photograph;
        face::Observation face;
    };
    static Sitter sit(const char* name) {
        Sitter sitter{face::photograph(name), {}};
        sitter.face = pipeline->observe(sitter.photograph).value();
        return sitter;
    }
    static Demands demands_of(PolicyName policy) {
        const auto kinds = liveness::always_required();
        return {.policy = policy, .required = {kinds.begin(), kinds.end()}, .random = [] {
                    return std::uint64_t{0};
                }}; // always the first: left
    }

    // Shows it until the capture ends, or for so long.
    void show(Transaction& capture, const Sitter& sitter, Presentation presentation, double seconds,
              int per_second = rate) {
        auto stage = std::make_shared<sim::Stage>();
        stage->settings.rate = per_second;
        stage->settings.seed = 2;
        stage->settings.format = camera::PixelFormat::rgb24;
        stage->settings.presentation = presentation;
        const auto& five = sitter.face.five;
        stage->stills.push_back(sim::paint(sitter.photograph,
                                           {.eyes = sim::Eyes{five[0].x, five[0].y, five[1].x, five[1].y}},
                                           width, height));
        sim::Scene scene(stage, 0);
        camera::Metering metering(sim::scene_exposure);
        for (std::uint64_t number = 0; static_cast<double>(number) < seconds * per_second; ++number) {
            const auto time =
                std::chrono::hours(1) + Milliseconds(1000 * number / static_cast<std::uint64_t>(per_second));
            end = capture.look({width, height, 3, scene.frame(number, false)}, Instant(time), number);
            if (end.hint)
                hints.push_back(*end.hint);
            if (end.veto || end.over || end.probe)
                return;
            if (const auto stops = metering.next(end.luminance, Instant(time))) {
                scene.expose(*stops);
                capture.exposed(Instant(time));
            }
        }
    }
    static Outcome outcome(const Transaction& capture, Kind kind) {
        return capture.evidence()[static_cast<std::size_t>(kind)].outcome;
    }

    static inline std::unique_ptr<face::Pipeline> pipeline;
    Step end;
    std::vector<Reason> hints;
};

TEST_F(TransactionTest, ALivingHeadBecomesAProbeOfThatPersonWithoutBeingAsked) {
    const Sitter sitter = sit("obama2");
    Transaction capture(*pipeline, demands_of(PolicyName::normal));
    show(capture, sitter, Presentation::live, 10);
    ASSERT_TRUE(end.probe);
    EXPECT_FALSE(end.veto || end.over);
    EXPECT_TRUE(liveness::shows_presence(PolicyName::normal, capture.evidence()));
    EXPECT_TRUE(std::ranges::none_of(hints, liveness::asks_for_presence));
    EXPECT_GT(match::compare(*end.probe, *pipeline->embed(sitter.photograph, sitter.face)), 0.8F);
}

TEST_F(TransactionTest, APrintIsAskedThreeTimesAndThenItIsOver) {
    Transaction capture(*pipeline, demands_of(PolicyName::normal));
    show(capture, sit("obama2"), Presentation::flat, 16, 3); // few frames: it takes long
    EXPECT_FALSE(end.probe || end.veto);
    EXPECT_EQ(end.over, Reason::presence_not_shown);
    std::vector<Reason> asked;
    std::ranges::copy_if(hints, std::back_inserter(asked), liveness::asks_for_presence);
    EXPECT_EQ(asked, (std::vector{Reason::turn_left, Reason::blink_once, Reason::turn_right}));
}

TEST_F(TransactionTest, NothingIsAskedBeforeItCanBeSeen) {
    auto demands = demands_of(PolicyName::strict);
    demands.asks_with_photograph = true;
    Transaction capture(*pipeline, demands);
    const Sitter sitter = sit("biden");
    show(capture, sitter, Presentation::calm, 1.6);
    EXPECT_FALSE(end.probe || end.veto || end.over);
    EXPECT_TRUE(std::ranges::none_of(hints, liveness::asks_for_presence));
    Transaction seen(*pipeline, demands);
    const Sitter card = sit("obama2");
    seen.photograph(card.photograph, card.face);
    show(seen, sitter, Presentation::calm, 1.6);
    EXPECT_EQ(std::ranges::count_if(hints, liveness::asks_for_presence), 1);
}

TEST_F(TransactionTest, WhatFailsEndsIt) {
    for (const auto& [presentation, why] : {std::pair{Presentation::turned, Reason::flat_face},
                                            {Presentation::video, Reason::screen_detected}}) {
        Transaction capture(*pipeline, demands_of(PolicyName::strict));
        show(capture, sit("obama2"), presentation, 6);
        EXPECT_EQ(end.veto, why);
        EXPECT_FALSE(end.probe);
    }
}

TEST_F(TransactionTest, GlassesAndAWindowKeepNobodyOut) {
    for (const auto presentation : {Presentation::glasses, Presentation::backlit}) {
        const Sitter sitter = sit("biden");
        Transaction capture(*pipeline, demands_of(PolicyName::normal));
        show(capture, sitter, presentation, 10);
        ASSERT_TRUE(end.probe) << static_cast<int>(presentation);
        EXPECT_GT(match::compare(*end.probe, *pipeline->embed(sitter.photograph, sitter.face)), 0.6F);
    }
}

TEST_F(TransactionTest, ThePhotographMayComeBeforeTheFramesOrAfterThem) {
    const Sitter card = sit("biden");
    const Image small = face::scaled(card.photograph, card.photograph.width / 3, card.photograph.height / 3);
    const auto on_card = pipeline->observe(small);
    ASSERT_TRUE(on_card);
    Transaction known(*pipeline, demands_of(PolicyName::normal));
    known.photograph(small, *on_card);
    show(known, card, Presentation::flat, 3);
    EXPECT_EQ(end.veto, Reason::photo_replayed);

    Transaction later(*pipeline, demands_of(PolicyName::normal));
    show(later, card, Presentation::flat, 1);
    ASSERT_FALSE(end.veto);
    later.conclude();
    later.photograph(small, *on_card);
    EXPECT_EQ(outcome(later, Kind::photo_replay), Outcome::fail);
}

// A feed that stands still says nothing of the person; behind it nothing counts that was seen before.
TEST_F(TransactionTest, AFaultOfTheFeedHealsAndBeginsAnew) {
    const Sitter sitter = sit("obama2");
    auto stage = std::make_shared<sim::Stage>();
    stage->settings.rate = rate;
    stage->settings.format = camera::PixelFormat::rgb24;
    const auto& five = sitter.face.five;
    stage->stills.push_back(sim::paint(
        sitter.photograph, {.eyes = sim::Eyes{five[0].x, five[0].y, five[1].x, five[1].y}}, width, height));
    sim::Scene scene(stage, 0);
    // flash is never assessed here, so that no probe ends it
    Transaction capture(*pipeline, {.required = {Kind::head_turn, Kind::flash}});
    Transaction normal(*pipeline, {.required = always()});
    std::uint64_t number = 0;
    const auto look = [&](Transaction& at, std::uint64_t frame) {
        const auto time = Instant(std::chrono::hours(1) + Milliseconds(1000 * number / rate));
        return at.look({width, height, 3, scene.frame(frame, false)}, time, number++);
    };
    const auto until_turned = [&](std::uint64_t frame) {
        for (int i = 0; outcome(capture, Kind::head_turn) != Outcome::pass && i < 150; ++i)
            EXPECT_FALSE(look(capture, frame++).veto);
        EXPECT_EQ(outcome(capture, Kind::head_turn), Outcome::pass);
        return frame;
    };
    const auto frame = until_turned(0);
    for (int i = 0; i < 20; ++i) {
        const auto step = look(capture, frame);
        EXPECT_FALSE(step.veto) << i;
        if (step.hint)
            hints.push_back(*step.hint);
    }
    EXPECT_EQ(std::ranges::count(hints, Reason::feed_frozen), 1);
    EXPECT_EQ(outcome(capture, Kind::head_turn), Outcome::not_assessed) << "it was before the fault";
    until_turned(frame + 1);

    for (int i = 0; i < 20; ++i)
        EXPECT_FALSE(look(normal, 0).probe);
    bool probe = false;
    for (std::uint64_t moving = 1; moving < 60 && !probe; ++moving) {
        const auto step = look(normal, moving);
        ASSERT_FALSE(step.veto);
        probe = step.probe.has_value();
        EXPECT_FALSE(probe && moving < 8) << "as many new frames as at the start";
    }
    EXPECT_TRUE(probe);
}

TEST_F(TransactionTest, AFaultThatStaysEndsTheFaceAndIsNoVeto) {
    Transaction capture(*pipeline, {.required = always()});
    show(capture, sit("obama2"), Presentation::frozen, 6);
    EXPECT_EQ(end.veto, Reason::feed_frozen);
    EXPECT_FALSE(match::is_veto(*end.veto));
    EXPECT_FALSE(end.probe);
}

} // namespace
} // namespace kaomon::capture
