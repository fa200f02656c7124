// The same happening seen otherwise (mirrored, darker, brighter, with noise, by a slower camera): an answer
// keeps its sign or becomes none, it never turns into the opposite. The relief's and the light's are in their
// tests.
#include "daemon/liveness/blink.hpp"
#include "daemon/liveness/head_turn.hpp"
#include "daemon/liveness/moire.hpp"
#include "daemon/liveness/photo_replay.hpp"
#include "tests/daemon/liveness/texture.hpp"

#include <gtest/gtest.h>

#include <random>

namespace kaomon::liveness {
namespace {

using face::Point;

struct Otherwise {
    const char* name;
    bool mirrored = false;
    float gain = 1, offset = 0, noise = 0; // of grey levels
    int slower = 1;                        // every so many frames of the camera are there
};
std::ostream& operator<<(std::ostream& out, const Otherwise& how) {
    return out << how.name;
}

class Seen : public testing::TestWithParam<Otherwise> {
  protected:
    FaceCrop seen(const FaceCrop& crop) {
        const Otherwise& how = GetParam();
        Grey grey = crop.pyramid.front();
        std::normal_distribution<float> noise(0, 1);
        for (int y = 0; y < grey.height; ++y) {
            for (int x = 0; x < grey.width; ++x) {
                const float level = crop.pyramid.front().at(how.mirrored ? grey.width - 1 - x : x, y);
                grey.levels[static_cast<std::size_t>(y * grey.width + x)] =
                    std::clamp(how.gain * level + how.offset + how.noise * noise(random_), 0.F, 255.F);
            }
        }
        FaceCrop made = crop_of(std::move(grey), outline());
        made.eyes = {Point{40, 62}, Point{88, 62}};
        return made;
    }
    float side() const { return GetParam().mirrored ? -1.F : 1.F; }
    Instant next(int milliseconds) { return now_ += Milliseconds(milliseconds * GetParam().slower); }

  private:
    std::mt19937 random_{5};
    Instant now_{std::chrono::hours(1)};
};

constexpr std::array manners{
    Otherwise{.name = "as it is"},
    Otherwise{.name = "mirrored", .mirrored = true},
    Otherwise{.name = "darker", .gain = 0.4F},
    Otherwise{.name = "brighter", .gain = 0.8F, .offset = 50},
    Otherwise{.name = "noisier", .noise = 5},
    Otherwise{.name = "darker and noisier", .gain = 0.4F, .noise = 4},
    Otherwise{.name = "slower", .slower = 2},
};
INSTANTIATE_TEST_SUITE_P(Otherwise, Seen, testing::ValuesIn(manners));

FaceCrop facing() {
    return textured([](float x, float y) { return Point{x, y}; });
}

TEST_P(Seen, AHeadThatTurnsIsNoPlaneAndAPlaneNoHead) {
    const auto after_three = [&](const FaceCrop& turned) {
        HeadTurn head_turn;
        const Image picture;
        for (int look = 0; look < 4; ++look) {
            const float asymmetry = look == 0 ? 0 : 0.15F * side();
            face::Observation face;
            face.five = {Point{0, 0}, Point{100, 0}, Point{50 + 50 * asymmetry, 0}};
            head_turn.add_face({picture, face, seen(look == 0 ? facing() : turned), next(150)});
        }
        return head_turn.evidence().front().outcome;
    };
    const Homography tilted{{0.90, 0, 6, 0, 1, 0, 2e-4, 0}};
    EXPECT_NE(after_three(textured(
                  [](float x, float y) { return Point{x - 11 * std::exp(-(x - 64) * (x - 64) / 400), y}; })),
              Outcome::fail);
    EXPECT_NE(after_three(textured([&](float x, float y) { return inverse(tilted, {x, y}); })),
              Outcome::pass);
}

FaceCrop with_lids(bool closed) {
    return textured([=](float x, float y) {
        const bool eye = std::abs(y - 62) < 9 && (std::abs(x - 40) < 15 || std::abs(x - 88) < 15);
        return closed && eye ? Point{x + 500, y} : Point{x, y};
    });
}

TEST_P(Seen, LidsThatCloseAreNeverImpossibleAndWhatIsImpossibleIsNoBlink) {
    const Image picture;
    const face::Observation face;
    const auto outcome = [&](int closed, int times) {
        Blink blink;
        for (int i = 0; i < times; ++i) {
            for (int frame = 0; frame < 20 + closed; ++frame)
                blink.add_face(
                    {picture, face, seen(with_lids(frame >= 10 && frame < 10 + closed)), next(33)});
        }
        return blink.evidence().front().outcome;
    };
    EXPECT_NE(outcome(4, 2), Outcome::fail);
    if (GetParam().slower == 1) { // else a frame lasts as long as a blink
        EXPECT_NE(outcome(1, 3), Outcome::pass);
    }
}

TEST_P(Seen, TheCardsPhotographStaysOneAndALivingFaceDoesNotBecomeIt) {
    const Image picture;
    const face::Observation face;
    const auto outcome = [&](const FaceCrop& live) {
        PhotoReplay replay;
        replay.photograph(seen(facing()));
        replay.add_face({picture, face, seen(live), next(200)});
        return replay.evidence().front().outcome;
    };
    EXPECT_EQ(outcome(facing()), Outcome::fail);
    EXPECT_NE(outcome(textured([](float x, float y) { return Point{x + 400, y}; })), Outcome::fail);
}

TEST_P(Seen, AScreensGridIsNeverSkinAndSkinNoGrid) {
    constexpr int width = 200, height = 200;
    face::Observation face;
    face.five = {Point{70, 70}, Point{130, 70}, Point{100, 105}, Point{80, 140}, Point{120, 140}};
    std::mt19937 random(3);
    std::normal_distribution<float> noise(0, std::max(2.F, GetParam().noise));
    const auto outcome = [&](float grid) {
        Moire moire;
        for (int frame = 0; frame < 5; ++frame) {
            Image picture{.width = width, .height = height, .channels = 1, .pixels = {}};
            for (int y = 0; y < height; ++y) {
                for (int at = 0; at < width; ++at) {
                    const auto x = static_cast<float>(GetParam().mirrored ? width - 1 - at : at);
                    const float level =
                        120 + grid * (std::sin(x * 2.7F) + std::sin(static_cast<float>(y) * 2.5F));
                    picture.pixels.push_back(static_cast<std::uint8_t>(
                        std::clamp(GetParam().gain * level + GetParam().offset + noise(random), 0.F, 255.F)));
                }
            }
            moire.add_face({picture, face, {}, next(100)});
        }
        return moire.evidence().front().outcome;
    };
    EXPECT_NE(outcome(12), Outcome::pass);
    EXPECT_EQ(outcome(0), Outcome::pass);
}

} // namespace
} // namespace kaomon::liveness
