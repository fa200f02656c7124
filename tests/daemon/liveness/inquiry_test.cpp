// Requests through a visit: drawn by chance, shown once, waited for.
#include "daemon/liveness/inquiry.hpp"

#include <gtest/gtest.h>

#include <set>

namespace kaomon::liveness {
namespace {

struct Player {
    explicit Player(PolicyName policy, std::uint64_t drawn = 0)
        : inquiry(policy, {}, [this] { return draw; }), draw(drawn) {
        face.box = {110, 50, 210, 190};
        face.five = {face::Point{130, 90}, face::Point{190, 90}, face::Point{160, 125}, face::Point{140, 160},
                     face::Point{180, 160}};
    }
    Inquiry::Step show(bool may_ask = true) {
        watch.add(picture, face, now, ++sequence);
        const auto step = inquiry.next(watch, now, may_ask);
        now += Milliseconds(100);
        return step;
    }
    Watch watch;
    Inquiry inquiry;
    std::uint64_t draw;
    Image picture{.width = 320, .height = 240, .channels = 3, .pixels = SecretBytes(320UL * 240 * 3, 128)};
    face::Observation face;
    std::uint64_t sequence = 0;
    Instant now{std::chrono::hours(1)};
};

TEST(Inquiry, WhatIsAskedIsDrawn) {
    std::set<Reason> seen;
    for (std::uint64_t drawn = 0; drawn < 8; ++drawn) {
        Player player(PolicyName::strict, drawn);
        std::optional<Reason> request;
        for (int i = 0; i < 20 && !request; ++i)
            request = player.show().request;
        ASSERT_TRUE(request);
        seen.insert(*request);
    }
    EXPECT_EQ(seen, (std::set{Reason::turn_left, Reason::turn_right, Reason::look_up, Reason::look_down}));
}

TEST(Inquiry, ARequestIsMadeOnceAndStaysOpenForFourSeconds) {
    Player player(PolicyName::normal);
    int made = 0, open = 0;
    for (int i = 0; i < 52; ++i) { // 5.2 seconds: 1.2 of silence, 4 of waiting
        made += player.show().request.has_value();
        open += player.inquiry.open(player.now - Milliseconds(100)).has_value();
    }
    EXPECT_EQ(made, 1);
    EXPECT_EQ(open, 40);
    EXPECT_EQ(player.show().request, Reason::blink_once);
}

TEST(Inquiry, WhoDoesNothingIsLeftUndecided) {
    Player player(PolicyName::normal);
    Presence last = Presence::wait;
    int frames = 0;
    while (last != Presence::over && frames < 300)
        last = player.show().presence, ++frames;
    EXPECT_EQ(frames, 133) << "1.2 seconds and three times four";
}

TEST(Inquiry, WhileRequestsCannotBeSeenNoTimeRunsOut) {
    Player player(PolicyName::strict);
    for (int i = 0; i < 300; ++i)
        ASSERT_EQ(player.show(false).presence, Presence::wait);
    EXPECT_EQ(player.show(true).presence, Presence::ask);
}

} // namespace
} // namespace kaomon::liveness
