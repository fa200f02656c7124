// When a capture is ready, and what the person is told until then, does not depend on how alike they are to
// the card's photograph.
#include "daemon/capture/transaction.hpp"
#include "daemon/match/comparison.hpp"
#include "drivers/camera/simulated/scene.hpp"
#include "tests/daemon/face/photograph.hpp"

#include <gtest/gtest.h>

namespace kaomon::capture {
namespace {

namespace sim = camera::simulated;

constexpr int width = 640, height = 480, rate = 15; // frames a second

struct Heard {
    std::uint64_t frames = 0; // until the probe
    std::vector<std::pair<std::uint64_t, Reason>> hints;
    friend bool operator==(const Heard&, const Heard&) = default;
};

class ScoreSecrecy : public testing::Test {
  protected:
    void SetUp() override {
        auto loaded = face::Pipeline::load(KAOMON_SOURCE_DIR "/models");
        ASSERT_TRUE(loaded) << loaded.error().detail << ": run tools/models/fetch --demo";
        pipeline_ = std::move(*loaded);
    }

    // A film of the person, with the photograph of somebody's card known from the start.
    Heard capture(const Image& person, const Image& photograph, std::uint64_t seed) {
        auto stage = std::make_shared<sim::Stage>();
        stage->settings.rate = rate;
        stage->settings.seed = seed;
        stage->settings.format = camera::PixelFormat::rgb24;
        const auto five = pipeline_->observe(person).value().five;
        stage->stills.push_back(sim::paint(
            person, {.eyes = sim::Eyes{five[0].x, five[0].y, five[1].x, five[1].y}}, width, height));
        sim::Scene scene(stage, 0);
        Transaction transaction(*pipeline_, {.required = {liveness::Kind::feed_frozen}});
        transaction.photograph(photograph, pipeline_->observe(photograph).value());
        Heard heard;
        while (++heard.frames < 4 * rate) {
            const auto time = std::chrono::hours(1) + Milliseconds(1000 * heard.frames / rate);
            const auto step = transaction.look({width, height, 3, scene.frame(heard.frames, false)},
                                               Instant(time), heard.frames);
            if (step.hint)
                heard.hints.emplace_back(heard.frames, *step.hint);
            if (step.veto || step.probe) {
                EXPECT_FALSE(step.veto) << word(*step.veto);
                break;
            }
        }
        return heard;
    }
    // One picture over the other.
    static Image mixed(const Image& one, const Image& other, double share) {
        Image made = one;
        for (int y = 0; y < made.height; ++y) {
            for (std::size_t x = 0; x < made.stride(); ++x) {
                const auto at = static_cast<std::size_t>(y) * made.stride() + x;
                const auto row = static_cast<std::size_t>(y * other.height / made.height) * other.stride();
                const auto channels = static_cast<std::size_t>(made.channels);
                const auto column = x / channels * static_cast<std::size_t>(other.width) /
                                    static_cast<std::size_t>(made.width) * channels;
                const double value =
                    (1 - share) * made.pixels[at] + share * other.pixels[row + column + x % channels];
                made.pixels[at] = static_cast<std::uint8_t>(value);
            }
        }
        return made;
    }

    std::unique_ptr<face::Pipeline> pipeline_;
};

TEST_F(ScoreSecrecy, CloseAndFarCardsAreHeardTheSame) {
    const Image person = face::photograph("obama2"), holder = face::photograph("obama"),
                close = face::photograph("biden"); // 0.33, where 0.392 would match
    const Image far = mixed(close, holder, 0.4);   // two faces one over the other are nobody's
    const auto score = [&](const Image& card) {
        const auto view = [&](const Image& picture) {
            return pipeline_->embed(picture, pipeline_->observe(picture).value()).value();
        };
        return match::compare(view(person), view(card));
    };
    ASSERT_GT(score(close), score(far) + 0.1F);
    ASSERT_GT(score(holder), score(close) + 0.2F);
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
        const auto at_far = capture(person, far, seed);
        EXPECT_LT(at_far.frames, 4 * rate);
        EXPECT_EQ(capture(person, close, seed), at_far) << seed;
        EXPECT_EQ(capture(person, holder, seed), at_far) << seed;
    }
}

} // namespace
} // namespace kaomon::capture
