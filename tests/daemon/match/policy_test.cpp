#include "daemon/match/policy.hpp"

#include <gmock/gmock.h>

namespace kaomon::match {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::array kinds{ScoreKind::cosine, ScoreKind::normalised};

TEST(Policies, GetStricterAndNameTheirEvidence) {
    for (const ScoreKind kind : kinds) {
        const auto all = policies(kind);
        ASSERT_EQ(all.size(), values<PolicyName>().size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Policy& policy = all[i];
            EXPECT_EQ(&policy_of(policy.name, kind), &policy);
            EXPECT_EQ(policy.kind, kind);
            EXPECT_DOUBLE_EQ(policy.false_match_rate, (std::array{1e-3, 1e-4, 1e-5}.at(i)));
            EXPECT_TRUE(i == 0 || policy.threshold > all[i - 1].threshold);
        }
    }
}

TEST(Policies, RestOnLookAlikes) {
    // the thresholds of strangers (LFW) would be cosines of 0.29 and 0.39 for these rates
    EXPECT_GE(policy_of(PolicyName::normal).threshold, 0.39F);
    EXPECT_GE(policy_of(PolicyName::strict).threshold, 0.45F);
    for (const ScoreKind kind : kinds) {
        for (const Policy& policy : policies(kind))
            EXPECT_THAT(std::string(policy.evidence.group), HasSubstr("East Asian"));
    }
}

TEST(Policies, SayWhatIsNotMeasured) {
    for (const ScoreKind kind : kinds) {
        for (const Policy& policy : policies(kind)) {
            const Evidence& from = policy.evidence;
            const bool tens = static_cast<double>(from.comparisons) * policy.false_match_rate >= 10;
            EXPECT_EQ(from.extrapolated, !tens) << "fewer than ten false matches are no measurement";
            if (from.extrapolated) {
                EXPECT_THAT(text(from), HasSubstr("not measured: extrapolated"));
                EXPECT_THAT(text(from), Not(HasSubstr("95 %")));
                EXPECT_EQ(from.lowest, 0);
                EXPECT_EQ(from.highest, 0);
            } else {
                EXPECT_LT(from.lowest, policy.false_match_rate);
                EXPECT_GT(from.highest, policy.false_match_rate);
            }
        }
    }
}

TEST(Evidence, IsOneClause) {
    constexpr Evidence from{"some set", "some group", 1234, 567890, "2026-11-25", 0.0008, 0.00125, false};
    EXPECT_EQ(text(from), "some set, some group, 1234 images, 567890 comparisons, 2026-11-25, "
                          "95 % interval of the rate 0.0008 to 0.0013");
}

} // namespace
} // namespace kaomon::match
