// Heads and instruments of attack as the simulated camera renders them, followed as by the daemon: what each
// kind of evidence makes of them. Rendered from photographs; how real attacks fare is not known from this.
#include "daemon/face/gate.hpp"
#include "daemon/face/stream.hpp"
#include "daemon/liveness/watch.hpp"
#include "drivers/camera/simulated/scene.hpp"
#include "tests/daemon/face/photograph.hpp"

#include <gtest/gtest.h>

#include <array>

namespace kaomon::liveness {
namespace {

namespace sim = camera::simulated;
using camera::Presentation;

constexpr int width = 640, height = 480;

struct Sitter {
    Image photograph;
    face::Observation face;
};

class PresentationTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        auto loaded = face::Pipeline::load(KAOMON_SOURCE_DIR "/models");
        ASSERT_TRUE(loaded) << loaded.error().detail << ": run tools/models/fetch --demo";
        pipeline = std::move(*loaded);
    }
    static void TearDownTestSuite() { pipeline.reset(); }

    static Sitter sit(const char* name) {
        Sitter sitter{face::photograph(name), {}};
        const auto face = pipeline->observe(sitter.photograph);
        if (!face)
            throw std::runtime_error(std::string(name) + ": no face");
        sitter.face = *face;
        return sitter;
    }
    static std::unique_ptr<face::Pipeline> pipeline;
};
std::unique_ptr<face::Pipeline> PresentationTest::pipeline;

class Session {
  public:
    Session(face::Pipeline& pipeline, Watch& watch, int rate = 15)
        : stream_(pipeline), watch_(watch), rate_(rate) {}

    // Plays it until a kind is decided, or to the end; the frames follow those that were played before.
    void play(const Sitter& sitter, Presentation presentation, double seconds, std::uint64_t seed = 1,
              std::optional<Kind> until = {}) {
        auto stage = std::make_shared<sim::Stage>();
        stage->settings.rate = rate_;
        stage->settings.seed = seed;
        stage->settings.format = camera::PixelFormat::rgb24;
        stage->settings.presentation = presentation;
        const auto& five = sitter.face.five;
        stage->stills.push_back(sim::paint(sitter.photograph,
                                           {.eyes = sim::Eyes{five[0].x, five[0].y, five[1].x, five[1].y}},
                                           width, height));
        sim::Scene scene(stage, 0);
        for (std::uint64_t number = 0; static_cast<double>(number) < seconds * rate_; ++number) {
            const Image picture{width, height, 3, scene.frame(number, false)};
            const Instant captured(Milliseconds(1000 * played_ / static_cast<std::uint64_t>(rate_)));
            std::optional<face::Observation> face;
            if (auto seen = stream_.look(picture, captured))
                face = *seen;
            if (face && !face::gate(*face, width, height, {}))
                ++good_;
            watch_.add(picture, face, captured, played_);
            ++played_;
            if (until && outcome(*until) != Outcome::not_assessed)
                return;
        }
    }
    Outcome outcome(Kind kind) const { return watch_.evidence()[static_cast<std::size_t>(kind)].outcome; }
    void pause(Milliseconds time) { played_ += static_cast<std::uint64_t>(time.count() * rate_ / 1000); }

    // Of the frames so far: whose view the quality gate finds no fault with.
    double good() const { return static_cast<double>(good_) / static_cast<double>(played_); }

  private:
    face::Stream stream_;
    Watch& watch_;
    int rate_;
    std::uint64_t played_ = 0, good_ = 0;
};

constexpr std::array of_the_face{Kind::head_turn, Kind::blink, Kind::flash};

TEST_F(PresentationTest, ALivingHeadPassesAtEveryFrameRate) {
    for (const auto& [name, rate] : {std::pair{"obama2", 10}, {"obama2", 30}, {"biden", 15}}) {
        const Sitter sitter = sit(name);
        Watch watch;
        Session session(*pipeline, watch, rate);
        session.play(sitter, Presentation::live, 5, 2, Kind::head_turn);
        EXPECT_EQ(session.outcome(Kind::head_turn), Outcome::pass) << name << ' ' << rate;
        EXPECT_EQ(veto(watch.evidence(), {}), std::nullopt) << name << ' ' << rate;
        Watch second;
        Session eyes(*pipeline, second, rate);
        eyes.play(sitter, Presentation::live, 5, 2, Kind::blink);
        EXPECT_EQ(eyes.outcome(Kind::blink), Outcome::pass) << name << ' ' << rate;
    }
}

TEST_F(PresentationTest, ACalmPatientNeverFails) {
    for (const char* name : {"obama2", "biden"}) {
        Watch watch;
        Session session(*pipeline, watch);
        session.play(sit(name), Presentation::calm, 4);
        for (const Kind kind : of_the_face)
            EXPECT_NE(session.outcome(kind), Outcome::fail) << name << ' ' << word(kind);
        EXPECT_EQ(veto(watch.evidence(), {}), std::nullopt) << name;
    }
}

TEST_F(PresentationTest, APrintThatTurnsFails) {
    for (const char* name : {"obama2", "biden"}) {
        Watch watch;
        Session session(*pipeline, watch);
        session.play(sit(name), Presentation::turned, 5, 1, Kind::head_turn);
        EXPECT_EQ(session.outcome(Kind::head_turn), Outcome::fail) << name;
        EXPECT_EQ(veto(watch.evidence(), {}), Reason::flat_face);
        EXPECT_NE(session.outcome(Kind::blink), Outcome::pass);
        // suspicion: a living head afterwards does not take it back
        session.play(sit(name), Presentation::live, 2);
        EXPECT_EQ(session.outcome(Kind::head_turn), Outcome::fail);
    }
}

TEST_F(PresentationTest, APictureOfAFaceNeverPasses) {
    const Sitter sitter = sit("obama2");
    for (const auto presentation : {Presentation::flat, Presentation::bent, Presentation::screen}) {
        Watch watch;
        Session session(*pipeline, watch);
        session.play(sitter, presentation, 4);
        for (const Kind kind : of_the_face)
            EXPECT_NE(session.outcome(kind), Outcome::pass) << static_cast<int>(presentation) << word(kind);
    }
}

TEST_F(PresentationTest, GlassesAndAWindowAreNothingAgainstALivingHead) {
    for (const char* name : {"obama2", "biden"}) {
        for (const auto presentation : {Presentation::glasses, Presentation::backlit}) {
            Watch watch;
            Session session(*pipeline, watch);
            session.play(sit(name), presentation, 4, 2);
            EXPECT_EQ(session.outcome(Kind::moire), Outcome::pass) << name;
            EXPECT_EQ(veto(watch.evidence(), {}), std::nullopt) << name;
            for (const Kind kind : of_the_face)
                EXPECT_NE(session.outcome(kind), Outcome::fail) << name << ' ' << word(kind);
            if (presentation == Presentation::glasses) { // a dark face is seen less well
                EXPECT_GT(session.good(), 0.8) << name;
            }
        }
    }
}

TEST_F(PresentationTest, TheGridOfACoarseScreenIsSeenWhateverMovesOnIt) {
    for (const char* name : {"obama2", "biden"}) {
        for (const auto presentation : {Presentation::screen, Presentation::video}) {
            Watch watch;
            Session session(*pipeline, watch);
            session.play(sit(name), presentation, 2, 1, Kind::moire);
            EXPECT_EQ(session.outcome(Kind::moire), Outcome::fail) << name;
            EXPECT_EQ(veto(watch.evidence(), {}), Reason::screen_detected);
        }
        Watch print;
        Session held(*pipeline, print);
        held.play(sit(name), Presentation::flat, 2);
        EXPECT_EQ(held.outcome(Kind::moire), Outcome::pass) << name;
    }
}

// The known gap, so that whoever closes it finds this.
TEST_F(PresentationTest, AVideoOnAScreenOfFinePixelsPasses) {
    Watch watch;
    Session session(*pipeline, watch);
    session.play(sit("biden"), Presentation::telephone, 5, 2);
    EXPECT_EQ(session.outcome(Kind::head_turn), Outcome::pass);
    EXPECT_EQ(veto(watch.evidence(), {}), std::nullopt);
}

TEST_F(PresentationTest, AFeedThatComesRoundOrStandsStillFails) {
    const Sitter sitter = sit("biden");
    Watch loop;
    Session looped(*pipeline, loop);
    looped.play(sitter, Presentation::loop, 3, 1, Kind::feed_repeated);
    looped.play(sitter, Presentation::loop, 2);
    EXPECT_EQ(looped.outcome(Kind::feed_repeated), Outcome::fail);
    Watch frozen;
    Session standing(*pipeline, frozen);
    standing.play(sitter, Presentation::frozen, 1);
    EXPECT_EQ(standing.outcome(Kind::feed_frozen), Outcome::fail);
}

TEST_F(PresentationTest, WhatOnePersonDidDoesNotCountForTheNext) {
    const Sitter first = sit("biden"), second = sit("obama2");
    Watch watch;
    Session session(*pipeline, watch);
    session.play(first, Presentation::live, 5, 2, Kind::head_turn);
    ASSERT_EQ(session.outcome(Kind::head_turn), Outcome::pass);
    session.pause(Milliseconds(900));
    session.play(second, Presentation::calm, 0.2); // too short for evidence of its own
    EXPECT_EQ(session.outcome(Kind::head_turn), Outcome::not_assessed);
    EXPECT_EQ(session.outcome(Kind::blink), Outcome::not_assessed);
}

TEST_F(PresentationTest, TheCardsOwnPhotographIsKnownAgain) {
    const Sitter card = sit("obama2");
    const Image grey = face::scaled(card.photograph, card.photograph.width / 3, card.photograph.height / 3);
    const auto on_card = pipeline->observe(grey);
    ASSERT_TRUE(on_card);
    for (const bool before : {true, false}) { // the card may be read before or after the live views
        Watch watch;
        if (before)
            watch.photograph(grey, *on_card);
        Session session(*pipeline, watch);
        session.play(card, Presentation::flat, 1, 1, Kind::photo_replay);
        if (!before) {
            EXPECT_EQ(session.outcome(Kind::photo_replay), Outcome::not_assessed);
            watch.photograph(grey, *on_card);
        }
        EXPECT_EQ(session.outcome(Kind::photo_replay), Outcome::fail) << before;
        EXPECT_EQ(veto(watch.evidence(), {}), Reason::photo_replayed);
    }
    for (const char* other : {"obama", "obama3", "biden"}) {
        Watch watch;
        watch.photograph(grey, *on_card);
        Session session(*pipeline, watch, 10);
        session.play(sit(other), Presentation::calm, 1);
        EXPECT_EQ(session.outcome(Kind::photo_replay), Outcome::pass) << other;
    }
}

} // namespace
} // namespace kaomon::liveness
