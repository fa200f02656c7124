#include "daemon/match/comparison.hpp"
#include "tests/daemon/match/templates.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace kaomon::match {
namespace {

TEST(Policies, GetStricterAndNameTheirEvidence) {
    ASSERT_EQ(policies().size(), 3U);
    for (std::size_t i = 1; i < policies().size(); ++i) {
        EXPECT_GT(policies()[i].threshold, policies()[i - 1].threshold);
        EXPECT_LT(policies()[i].false_match_rate, policies()[i - 1].false_match_rate);
    }
    for (const Policy& policy : policies()) {
        EXPECT_EQ(find_policy(policy.name), &policy);
        EXPECT_FALSE(policy.evidence.empty());
    }
    EXPECT_EQ(find_policy("lenient"), nullptr);
    EXPECT_EQ(find_policy(""), nullptr);
}

TEST(Policies, RestOnLookAlikesAndSayWhatIsNotMeasured) {
    // the thresholds of strangers (LFW) would be 0.29 and 0.39 for these rates
    EXPECT_FLOAT_EQ(find_policy("normal")->threshold, 0.39F);
    EXPECT_FLOAT_EQ(find_policy("strict")->threshold, 0.454F);
    EXPECT_NE(find_policy("strict")->evidence.find("East Asian"), std::string_view::npos);
    EXPECT_NE(find_policy("very-strict")->evidence.find("not measured"), std::string_view::npos);
}

TEST(Compare, IsTheCosine) {
    EXPECT_NEAR(compare(at_angle(10), at_angle(10)), 1, 1e-6);
    EXPECT_NEAR(compare(at_angle(0), at_angle(60)), 0.5, 1e-6);
    EXPECT_NEAR(compare(at_angle(0), at_angle(180)), -1, 1e-6);
    EXPECT_FLOAT_EQ(compare(at_angle(12), at_angle(50)), compare(at_angle(50), at_angle(12)));
}

TEST(Compare, NeverLeavesItsRangeNorTakesNonsenseForAlike) {
    face::Template broken = at_angle(0);
    broken.get().unit[5] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(compare(broken, broken), -1);
    face::Template longer = at_angle(0);
    longer.get().unit[3] = 5; // no unit template
    EXPECT_EQ(compare(longer, longer), 1);
}

TEST(Fuse, IsTheMeanDirectionWithTheBestNorm) {
    const std::array views{at_angle(10, 11), at_angle(50, 13)};
    const face::Template fused = fuse(views);
    EXPECT_NEAR(compare(fused, at_angle(30)), 1, 1e-6);
    EXPECT_EQ(fused.get().norm, 13);
    EXPECT_NEAR(compare(fuse({views.data(), 1}), views[0]), 1, 1e-6);
}

TEST(Fuse, OfNothingMatchesNobody) {
    EXPECT_EQ(compare(fuse({}), at_angle(0)), 0);
    const std::array opposite{at_angle(0), at_angle(180)};
    EXPECT_LT(std::abs(compare(fuse(opposite), at_angle(0))), 0.39F);
}

} // namespace
} // namespace kaomon::match
