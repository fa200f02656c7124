#include "daemon/liveness/watch.hpp"

#include <gtest/gtest.h>

namespace kaomon::liveness {
namespace {

// A face without features: there, but nothing can be told from it.
struct Player {
    Watch watch;
    Image picture{.width = 320, .height = 240, .channels = 3, .pixels = SecretBytes(320UL * 240 * 3, 128)};
    face::Observation face;
    std::uint64_t sequence = 0;
    Instant now{std::chrono::hours(1)};

    Player() {
        face.box = {110, 50, 210, 190};
        face.five = {face::Point{130, 90}, face::Point{190, 90}, face::Point{160, 125}, face::Point{140, 160},
                     face::Point{180, 160}};
    }
    void show(Milliseconds time, bool with_face = true) {
        for (Milliseconds gone{0}; gone < time; gone += Milliseconds(100)) {
            watch.add(picture, with_face ? std::optional(face) : std::nullopt, now, ++sequence);
            now += Milliseconds(100);
        }
    }
};

TEST(Watch, HasEvidenceOfEveryKindInTheOrderOfTheEnum) {
    const auto evidence = Watch().evidence();
    ASSERT_EQ(evidence.size(), kind_count);
    for (std::size_t i = 0; i < kind_count; ++i) {
        EXPECT_EQ(evidence[i].kind, static_cast<Kind>(i));
        EXPECT_EQ(evidence[i].outcome, Outcome::not_assessed);
    }
}

TEST(Watch, KnowsSinceWhenAFaceIsThere) {
    Player player;
    EXPECT_FALSE(player.watch.face_since());
    player.show(Milliseconds(500), false);
    EXPECT_FALSE(player.watch.face_since());
    const Instant came = player.now;
    player.show(Milliseconds(500));
    EXPECT_EQ(player.watch.face_since(), came);
    player.show(Milliseconds(700), false);
    EXPECT_FALSE(player.watch.face_since());
}

TEST(Watch, AnotherFaceIsThereSinceItIsSaidToBe) {
    Player player;
    player.show(Milliseconds(500));
    player.watch.another_face();
    EXPECT_FALSE(player.watch.face_since());
    const Instant came = player.now;
    player.show(Milliseconds(300));
    EXPECT_EQ(player.watch.face_since(), came);
}

TEST(Watch, AFaceThatDoesNotMoveAnswersNothing) {
    Player player;
    player.show(Milliseconds(500));
    player.watch.asked({Movement::left, player.now});
    player.show(Milliseconds(4000));
    EXPECT_EQ(player.watch.answer(), Answer::none);
}

} // namespace
} // namespace kaomon::liveness
