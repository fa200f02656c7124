// The rule by which a desk decides: card first, then liveness, then likeness.
#include "daemon/visit/decision.hpp"
#include "tests/daemon/match/templates.hpp"

#include <gtest/gtest.h>

namespace kaomon::visit {
namespace {

using card::mynumber::Check;
using card::mynumber::Genuineness;
using liveness::Evidence;
using liveness::Kind;
using liveness::Outcome;

const Genuineness genuine{Check::valid, Check::valid, card::mynumber::Hierarchy::simulated, {}};
const face::Template holder = match::at_angle(0);

DecisionRule normal() {
    return {.comparison = {},
            .policy = match::policy_of(PolicyName::normal),
            .required_liveness = {Kind::feed_frozen}};
}

Reason decided(const Genuineness& card, std::vector<Evidence> evidence, const face::Template& probe) {
    return decide(normal(), card, evidence, probe, holder).reason;
}

TEST(Decision, ACardThatIsNotGenuineIsSaidBeforeAnythingElse) {
    Genuineness forged = genuine;
    forged.reason = Reason::chip_not_genuine;
    EXPECT_EQ(decided(forged, {{Kind::feed_frozen, Outcome::fail, -1}}, match::at_angle(90)),
              Reason::chip_not_genuine);
}

TEST(Decision, EvidenceAgainstALivingFaceIsSaidBeforeLikeness) {
    EXPECT_EQ(decided(genuine, {{Kind::feed_frozen, Outcome::fail, -1}}, holder), Reason::feed_frozen);
    EXPECT_EQ(decided(genuine, {}, holder), Reason::liveness_not_assessed) << "what the rule requires";
}

TEST(Decision, LikenessByTheRulesPolicy) {
    const std::vector<Evidence> live{{Kind::feed_frozen, Outcome::pass, 1}, {Kind::blink, Outcome::pass, 1}};
    EXPECT_EQ(decided(genuine, live, match::at_angle(10)), Reason::match);
    EXPECT_EQ(decided(genuine, live, match::at_angle(80)), Reason::no_match);
    DecisionRule empty = normal();
    empty.policy = {};
    EXPECT_EQ(decide(empty, genuine, live, holder, holder).reason, Reason::internal_error)
        << "a rule that nobody filled in lets nobody pass";
}

TEST(Decision, WithoutEvidenceOfPresenceNoLikenessCounts) {
    EXPECT_EQ(decided(genuine, {{Kind::feed_frozen, Outcome::pass, 1}}, holder), Reason::presence_not_shown);
}

TEST(Decision, AtTheDeadlineWhatAPersonCouldHaveDoneIsSaid) {
    EXPECT_EQ(reason_at_deadline(Reason::face_too_far), Reason::face_too_far);
    EXPECT_EQ(reason_at_deadline(Reason::hold_still), Reason::timeout) << "they did what was asked";
    EXPECT_EQ(reason_at_deadline({}), Reason::timeout);
    EXPECT_EQ(reason_at_deadline(Reason::turn_left), Reason::presence_not_shown) << "an order is no reason";
    EXPECT_EQ(reason_at_deadline(Reason::blink_once), Reason::presence_not_shown);
}

} // namespace
} // namespace kaomon::visit
