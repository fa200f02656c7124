// The rule of presence as a table: evidence, time and requests in, what follows out.
#include "daemon/liveness/presence.hpp"

#include <gtest/gtest.h>

#include <array>

namespace kaomon::liveness {
namespace {

using enum PolicyName;

constexpr Instant came{std::chrono::hours(1)};

std::vector<Evidence> with(std::initializer_list<Kind> passed) {
    std::vector<Evidence> all;
    for (const Kind kind : passed)
        all.push_back({kind, Outcome::pass, 1});
    return all_kinds(all);
}

struct Visit {
    PolicyName policy = normal;
    std::vector<Kind> required{};
    std::vector<Evidence> evidence = all_kinds({});
    std::vector<Asked> asked{};
    bool may_ask = true, busy = false, light = false;
    int mirrored = 0;

    NextStep at(int milliseconds) const {
        return next_step({.policy = policy,
                          .required = required,
                          .evidence = evidence,
                          .face_since = came,
                          .now = came + Milliseconds(milliseconds),
                          .may_ask = may_ask,
                          .busy = busy,
                          .light = light,
                          .mirrored = mirrored,
                          .asked = asked});
    }
    void ask(Reason request, int milliseconds, Answer answer = Answer::none) {
        asked.push_back({request, came + Milliseconds(milliseconds), answer});
    }
};

// Every set of the four kinds against what the decision says, in words of its own.
TEST(Presence, EachPolicyNeedsItsEvidence) {
    constexpr std::array kinds{Kind::head_turn, Kind::directed_movement, Kind::blink, Kind::flash};
    for (unsigned set = 0; set < 16; ++set) {
        const bool turn = set & 1, directed = set & 2, blink = set & 4, light = set & 8;
        std::vector<Evidence> evidence;
        for (std::size_t i = 0; i < kinds.size(); ++i)
            evidence.push_back({kinds[i], set >> i & 1 ? Outcome::pass : Outcome::not_assessed, 0});
        const bool moved = turn || directed, lit_head = light && moved;
        EXPECT_EQ(shows_presence(normal, evidence), moved || blink) << set;
        EXPECT_EQ(shows_presence(strict, evidence), directed || lit_head) << set;
        EXPECT_EQ(shows_presence(very_strict, evidence), (directed && blink) || lit_head) << set;
    }
}

TEST(Presence, WhatOnlyLooksIsNoEvidenceOfIt) {
    for (const PolicyName policy : values<PolicyName>()) {
        EXPECT_FALSE(shows_presence(policy, {}));
        EXPECT_FALSE(shows_presence(policy, with({Kind::feed_black, Kind::feed_frozen, Kind::feed_repeated,
                                                  Kind::feed_spliced, Kind::photo_replay, Kind::moire})));
    }
    std::vector<Evidence> failed{{Kind::blink, Outcome::fail, -1}};
    EXPECT_FALSE(shows_presence(normal, failed));
}

TEST(Presence, TheFirstSecondIsSilentAndNaturalEvidenceEndsIt) {
    Visit visit;
    EXPECT_EQ(visit.at(0).presence, Presence::wait);
    EXPECT_EQ(visit.at(1199).presence, Presence::wait);
    EXPECT_EQ(visit.at(1200).presence, Presence::ask);
    visit.evidence = with({Kind::head_turn});
    EXPECT_EQ(visit.at(300).presence, Presence::shown);
}

TEST(Presence, NothingIsAskedOfWhoIsNotThereOrCannotSeeIt) {
    Visit visit;
    visit.may_ask = false;
    EXPECT_EQ(visit.at(20'000).presence, Presence::wait);
    Situation nobody;
    nobody.may_ask = true;
    nobody.now = came;
    EXPECT_EQ(next_step(nobody).presence, Presence::wait);
}

TEST(Presence, AMovementThenABlinkThenAnotherMovementThenItIsOver) {
    Visit visit;
    const NextStep first = visit.at(1200);
    EXPECT_EQ(first.choices,
              (std::vector{Reason::turn_left, Reason::turn_right, Reason::look_up, Reason::look_down}));
    visit.ask(Reason::look_up, 1200);
    EXPECT_EQ(visit.at(5199).presence, Presence::wait) << "four seconds to answer";
    EXPECT_EQ(visit.at(5200).choices, std::vector{Reason::blink_once}) << "for who cannot turn";
    visit.ask(Reason::blink_once, 5200);
    EXPECT_EQ(visit.at(9199).presence, Presence::wait);
    EXPECT_EQ(visit.at(9200).choices, (std::vector{Reason::turn_left, Reason::turn_right, Reason::look_down}))
        << "another one";
    visit.ask(Reason::turn_left, 9200);
    EXPECT_EQ(visit.at(13'199).presence, Presence::wait);
    EXPECT_EQ(visit.at(13'200).presence, Presence::over);
    visit.evidence = with({Kind::blink});
    EXPECT_EQ(visit.at(13'200).presence, Presence::shown) << "at the last moment";
}

TEST(Presence, KindsThatOnlyLookBuyNoFurtherRequests) {
    Visit visit;
    const auto always = always_required();
    visit.required.assign(always.begin(), always.end());
    for (int i = 0; i < 3; ++i)
        visit.ask(Reason::look_down, 1200 + 4000 * i);
    EXPECT_EQ(visit.at(13'200).presence, Presence::over);
    visit.required.push_back(Kind::blink);
    EXPECT_EQ(visit.at(13'200).presence, Presence::ask) << "one that asks does";
}

TEST(Presence, StrictAsksForMovementsOnlyAndForgivesOneMistake) {
    Visit visit{.policy = strict, .evidence = with({Kind::head_turn, Kind::blink})};
    EXPECT_EQ(visit.at(1200).in_a_row, 2);
    visit.ask(Reason::turn_left, 1200, Answer::wrong);
    const NextStep second = visit.at(2000);
    EXPECT_EQ(second.presence, Presence::ask) << "at once";
    EXPECT_EQ(second.choices.size(), 4U) << "nobody knows which";
    EXPECT_EQ(second.in_a_row, 2);
    visit.ask(Reason::turn_left, 2000, Answer::wrong);
    EXPECT_EQ(visit.at(3000).presence, Presence::over);
}

// What a recording passes by chance: it does one of the four, or nothing, in the time of each request, and
// knows of none of them. Every draw and every such recording.
double passes_by_chance(Visit& visit, std::span<const std::optional<Reason>> recording, int row = 0) {
    const int now = 1200 + 4000 * static_cast<int>(visit.asked.size());
    const NextStep step = visit.at(now);
    if (step.presence != Presence::ask || recording.empty())
        return 0;
    double sum = 0;
    for (const Reason request : step.choices) {
        const bool right = recording.front() == request;
        visit.ask(request, now, right ? Answer::right : recording.front() ? Answer::wrong : Answer::none);
        sum += right && row + 1 >= step.in_a_row
                   ? 1
                   : passes_by_chance(visit, recording.subspan(1), right ? row + 1 : 0);
        visit.asked.pop_back();
    }
    return sum / static_cast<double>(step.choices.size());
}

TEST(Presence, GuessingPassesStrictInTwelveOfAHundredVisits) {
    constexpr std::array<std::optional<Reason>, 5> movements{
        std::nullopt, Reason::turn_left, Reason::turn_right, Reason::look_up, Reason::look_down};
    for (const bool demanded : {false, true}) {
        Visit visit{.policy = demanded ? normal : strict};
        if (demanded)
            visit.required = {Kind::directed_movement}, visit.evidence = with({Kind::head_turn});
        double most = 0;
        for (int number = 0; number < 625; ++number) {
            std::array<std::optional<Reason>, 4> recording;
            for (int i = 0, rest = number; i < 4; ++i, rest /= 5)
                recording[static_cast<std::size_t>(i)] = movements[static_cast<std::size_t>(rest % 5)];
            most = std::max(most, passes_by_chance(visit, recording));
        }
        EXPECT_DOUBLE_EQ(most, 31.0 / 256) << demanded;
    }
}

TEST(Presence, WhereADirectionCountsItIsAskedForOnceAnAnswerCanBeTold) {
    Visit visit{.policy = strict, .busy = true};
    EXPECT_EQ(visit.at(5000).presence, Presence::wait);
    visit.light = true;
    EXPECT_EQ(visit.at(5000).choices, std::vector{Reason::screen_light}) << "the light does not mind";
    visit.policy = normal, visit.light = false;
    EXPECT_EQ(visit.at(5000).presence, Presence::ask) << "any movement will do";
    visit.required = {Kind::directed_movement};
    EXPECT_EQ(visit.at(5000).presence, Presence::wait);
}

TEST(Presence, StrictEndsAfterFourRequestsThatNobodyAnswered) {
    Visit visit{.policy = strict};
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(visit.at(1200 + 4000 * i).presence, Presence::ask) << i;
        visit.ask(Reason::look_down, 1200 + 4000 * i);
    }
    EXPECT_EQ(visit.at(17'199).presence, Presence::wait);
    EXPECT_EQ(visit.at(17'200).presence, Presence::over);
}

TEST(Presence, VeryStrictAsksForTwoMovementsInARowAndThenForABlink) {
    Visit visit{.policy = very_strict};
    EXPECT_EQ(visit.at(1200).in_a_row, 2);
    visit.ask(Reason::turn_left, 1200, Answer::right);
    EXPECT_EQ(visit.at(2500).choices.size(), 4U) << "the same one may come again";
    visit.ask(Reason::turn_left, 2500, Answer::right);
    visit.evidence = with({Kind::directed_movement});
    EXPECT_EQ(visit.at(4000).choices, std::vector{Reason::blink_once});
    visit.evidence = with({Kind::directed_movement, Kind::blink});
    EXPECT_EQ(visit.at(4000).presence, Presence::shown);
}

TEST(Presence, AScreenIsAskedForItsLightBeforeThePersonIsAskedForAnything) {
    Visit visit{.policy = strict, .light = true};
    EXPECT_EQ(visit.at(1199).presence, Presence::wait);
    EXPECT_EQ(visit.at(1200).choices, std::vector{Reason::screen_light});
    visit.ask(Reason::screen_light, 1200);
    EXPECT_EQ(visit.at(7199).presence, Presence::wait) << "the colours take their time";
    EXPECT_EQ(visit.at(7200).choices, std::vector{Reason::screen_light}) << "once more";
    visit.ask(Reason::screen_light, 7200);
    EXPECT_EQ(visit.at(13'200).choices.size(), 4U) << "then the person";
    visit.evidence = with({Kind::flash});
    EXPECT_EQ(visit.at(9000).choices.size(), 4U)
        << "a print answers light, too: a movement is asked for at once";
    visit.evidence = with({Kind::flash, Kind::head_turn});
    EXPECT_EQ(visit.at(9000).presence, Presence::shown);
}

TEST(Presence, BehindGlassOnlyTheLightCounts) {
    for (const auto policy : {strict, very_strict}) {
        Visit visit{.policy = policy, .light = true};
        visit.ask(Reason::screen_light, 1200);
        visit.mirrored = 1;
        visit.evidence = with({Kind::directed_movement, Kind::head_turn, Kind::blink});
        EXPECT_EQ(visit.at(4500).choices, std::vector{Reason::screen_light}) << "at once, and once more";
        visit.ask(Reason::screen_light, 4500);
        EXPECT_EQ(visit.at(10'499).presence, Presence::wait) << "it may pass yet";
        EXPECT_EQ(visit.at(10'500).presence, Presence::over);
        visit.mirrored = 2;
        EXPECT_EQ(visit.at(8000).presence, Presence::over) << "it is known that it does not";
        visit.evidence = with({Kind::directed_movement, Kind::flash});
        EXPECT_EQ(visit.at(8000).presence, Presence::shown) << "the second light passed";
        visit.evidence = with({Kind::directed_movement, Kind::head_turn, Kind::blink});
        visit.light = false;
        EXPECT_EQ(visit.at(20'000).presence, Presence::over) << "the screen went";
    }
    Visit visit{.policy = normal, .light = true, .mirrored = 2};
    visit.evidence = with({Kind::blink});
    EXPECT_EQ(visit.at(300).presence, Presence::shown) << "which asks for nothing that no film could show";
}

TEST(Presence, LightIsNoUseUnderNormalUnlessItIsDemanded) {
    Visit visit{.light = true};
    EXPECT_NE(visit.at(1200).choices, std::vector{Reason::screen_light});
    visit.required = {Kind::flash};
    visit.evidence = with({Kind::blink});
    EXPECT_EQ(visit.at(1200).choices, std::vector{Reason::screen_light});
    visit.light = false;
    EXPECT_EQ(visit.at(1200).presence, Presence::wait) << "no screen: it stays not assessed";
}

TEST(Presence, WhatTheOperatorDemandsIsAskedForBesideTheRule) {
    Visit visit{.required = {Kind::blink}, .evidence = with({Kind::head_turn})};
    EXPECT_EQ(visit.at(1200).choices, std::vector{Reason::blink_once});
    visit.required = {Kind::moire};
    EXPECT_EQ(visit.at(1200).presence, Presence::wait) << "it only looks";
    visit.evidence = with({Kind::head_turn, Kind::moire});
    EXPECT_EQ(visit.at(1200).presence, Presence::shown);
}

TEST(Movement, EachHasARequestOfItsOwn) {
    for (const Movement movement : values<Movement>()) {
        EXPECT_EQ(movement_of(request_for(movement)), movement);
        EXPECT_TRUE(asks_for_presence(request_for(movement)));
    }
    EXPECT_FALSE(movement_of(Reason::blink_once));
    EXPECT_TRUE(asks_for_presence(Reason::blink_once));
    EXPECT_FALSE(asks_for_presence(Reason::hold_still));
}

} // namespace
} // namespace kaomon::liveness
