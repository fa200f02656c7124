#include "daemon/liveness/evidence.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

namespace kaomon::liveness {
namespace {

constexpr std::array kinds{
    Kind::feed_black,        Kind::feed_frozen, Kind::feed_repeated, Kind::feed_spliced, Kind::head_turn,
    Kind::directed_movement, Kind::blink,       Kind::flash,         Kind::photo_replay, Kind::moire};

TEST(Evidence, AllKindsFillsInWhatWasNotAssessed) {
    const auto all = all_kinds({{Kind::blink, Outcome::pass, 2}, {Kind::feed_frozen, Outcome::fail, -1}});
    ASSERT_EQ(all.size(), kinds.size());
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        EXPECT_EQ(all[i].kind, kinds[i]);
        const Outcome expected = kinds[i] == Kind::blink         ? Outcome::pass
                                 : kinds[i] == Kind::feed_frozen ? Outcome::fail
                                                                 : Outcome::not_assessed;
        EXPECT_EQ(all[i].outcome, expected) << word(kinds[i]);
    }
}

TEST(Veto, EveryFailedKindVetoesWhateverElsePassed) {
    for (const Kind bad : kinds) {
        std::vector<Evidence> evidence;
        for (const Kind kind : kinds) {
            evidence.push_back({kind, kind == bad ? Outcome::fail : Outcome::pass, 1});
        }
        EXPECT_TRUE(veto(evidence, {})) << word(bad);
        EXPECT_TRUE(veto(evidence, kinds)) << word(bad);
    }
}

TEST(Veto, FeedFailuresNameThemselves) {
    for (const auto& [kind, reason] : {std::pair{Kind::feed_black, Reason::feed_black},
                                       {Kind::feed_frozen, Reason::feed_frozen},
                                       {Kind::feed_repeated, Reason::feed_repeated},
                                       {Kind::feed_spliced, Reason::feed_spliced}}) {
        const Evidence failed{kind, Outcome::fail, -1};
        EXPECT_EQ(veto({&failed, 1}, {}), reason);
    }
}

TEST(Veto, ARequiredKindMustHavePassed) {
    const std::array required{Kind::feed_frozen, Kind::blink};
    const std::array half{Evidence{Kind::feed_frozen, Outcome::pass, 1},
                          Evidence{Kind::blink, Outcome::not_assessed, 0}};
    EXPECT_EQ(veto(half, required), Reason::liveness_not_assessed);
    EXPECT_EQ(veto({half.data(), 1}, required), Reason::liveness_not_assessed); // not there at all
    EXPECT_EQ(veto({}, required), Reason::liveness_not_assessed);
    EXPECT_EQ(veto(half, {}), std::nullopt);
    const std::array full{half[0], Evidence{Kind::blink, Outcome::pass, 1}};
    EXPECT_EQ(veto(full, required), std::nullopt);
}

TEST(Required, TheFeedOfARunningCameraIsDemandedAlways) {
    EXPECT_TRUE(std::ranges::equal(always_required(), std::array{Kind::feed_black, Kind::feed_frozen,
                                                                 Kind::feed_repeated, Kind::feed_spliced}));
}

} // namespace
} // namespace kaomon::liveness
