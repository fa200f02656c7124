#include "daemon/match/verdict.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

namespace kaomon::match {
namespace {

using liveness::Evidence;
using liveness::Kind;
using liveness::Outcome;

const std::array passed{Evidence{Kind::feed_frozen, Outcome::pass, 1},
                        Evidence{Kind::feed_repeated, Outcome::pass, 1},
                        Evidence{Kind::directed_movement, Outcome::pass, 0},
                        Evidence{Kind::blink, Outcome::pass, 1}}; // enough for every policy
const std::array required{Kind::feed_frozen, Kind::feed_repeated};

Findings good() {
    return {.genuineness = {},
            .liveness = passed,
            .required_liveness = required,
            .score = {0.7F, ScoreKind::cosine},
            .policy = policy_of(PolicyName::normal)};
}

TEST(Verdict, VerifiedOnlyWhenEverythingIsThere) {
    const Verdict verdict = decide(good());
    EXPECT_EQ(verdict.decision, Decision::verified);
    EXPECT_EQ(verdict.reason, Reason::match);
}

TEST(Verdict, TheThresholdItselfMatchesAndALittleLessDoesNot) {
    for (const ScoreKind kind : {ScoreKind::cosine, ScoreKind::normalised}) {
        for (const Policy& policy : policies(kind)) {
            Findings findings = good();
            findings.policy = policy;
            findings.score = {policy.threshold, kind};
            EXPECT_EQ(decide(findings).decision, Decision::verified) << word(policy.name);
            findings.score.value = std::nextafter(policy.threshold, -1.F);
            EXPECT_EQ(decide(findings).decision, Decision::not_verified) << word(policy.name);
            EXPECT_EQ(decide(findings).reason, Reason::no_match) << word(policy.name);
        }
    }
}

TEST(Verdict, AScoreThatIsNoNumberOrMissingIsNoMatch) {
    Findings findings = good();
    findings.score.value = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(decide(findings).decision, Decision::not_verified);
    findings.score = Findings{}.score;
    EXPECT_EQ(decide(findings).decision, Decision::not_verified);
}

TEST(Verdict, WithoutAPolicyNobodyIsVerified) {
    Findings findings = good();
    findings.policy = {};
    EXPECT_EQ(decide(findings).decision, Decision::undecided);
    EXPECT_EQ(decide(Findings{}).decision, Decision::undecided);
}

TEST(Verdict, AScoreIsNeverHeldAgainstTheThresholdOfAnotherKind) {
    Findings findings = good();
    findings.score = {9, ScoreKind::normalised};
    EXPECT_EQ(decide(findings).decision, Decision::undecided);
    EXPECT_EQ(decide(findings).reason, Reason::internal_error);
    findings.policy = policy_of(PolicyName::normal, ScoreKind::normalised);
    EXPECT_EQ(decide(findings).decision, Decision::verified);
}

TEST(Verdict, GenuinenessComesBeforeLivenessAndLivenessBeforeTheComparison) {
    const Evidence spliced{Kind::feed_spliced, Outcome::fail, -1};
    Findings findings = good();
    findings.score.value = -1;
    findings.liveness = {&spliced, 1};
    EXPECT_EQ(decide(findings).reason, Reason::feed_spliced);
    findings.genuineness = Reason::chip_not_genuine;
    EXPECT_EQ(decide(findings).reason, Reason::chip_not_genuine);
    EXPECT_EQ(decide(findings).decision, Decision::not_verified);
}

TEST(Verdict, AnUnknownSignerIsNotCheckedHenceNotOk) {
    Findings findings = good();
    findings.genuineness = Reason::signer_unknown;
    EXPECT_EQ(decide(findings).decision, Decision::undecided);
    EXPECT_EQ(decide(findings).reason, Reason::signer_unknown);
}

TEST(Verdict, RequiredLivenessThatWasNotAssessedLeavesItUndecided) {
    Findings findings = good();
    findings.liveness = {passed.data(), 1};
    EXPECT_EQ(decide(findings).decision, Decision::undecided);
    EXPECT_EQ(decide(findings).reason, Reason::liveness_not_assessed);
}

// The verdict does not rely on the capture for it.
TEST(Verdict, WithoutEvidenceOfPresenceNobodyIsVerified) {
    for (const Policy& policy : policies()) {
        Findings findings = good();
        findings.policy = policy;
        findings.liveness = {passed.data(), 2};
        EXPECT_EQ(decide(findings).decision, Decision::undecided) << word(policy.name);
        EXPECT_EQ(decide(findings).reason, Reason::presence_not_shown) << word(policy.name);
        findings.liveness = {passed.data(), 3};
        EXPECT_EQ(decide(findings).reason,
                  policy.name == PolicyName::very_strict ? Reason::presence_not_shown : Reason::match)
            << word(policy.name);
    }
}

TEST(Refuse, SaysWhatTheReasonWeighs) {
    for (const ReasonEntry& entry : reasons()) {
        const Verdict verdict = refuse(entry.reason);
        const bool against = entry.weight == Weight::against || is_veto(entry.reason);
        EXPECT_EQ(verdict.decision, against ? Decision::not_verified : Decision::undecided) << entry.word;
        EXPECT_EQ(verdict.reason, entry.weight == Weight::confirms ? Reason::internal_error : entry.reason)
            << entry.word;
    }
}

TEST(Refuse, AVetoIsOfTheCardOrOfLiveness) {
    EXPECT_TRUE(is_veto(Reason::chip_not_genuine));
    EXPECT_FALSE(is_veto_of_liveness(Reason::chip_not_genuine));
    EXPECT_TRUE(is_veto(Reason::feed_repeated));
    EXPECT_TRUE(is_veto_of_liveness(Reason::feed_repeated));
    EXPECT_FALSE(is_veto(Reason::no_match)) << "another method may follow";
    EXPECT_FALSE(is_veto(Reason::signer_unknown)) << "not checked is nobody's fault";
}

} // namespace
} // namespace kaomon::match
