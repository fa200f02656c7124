#include "tools/finding/finding.hpp"

#include <gmock/gmock.h>

namespace kaomon {
namespace {

Finding finding(Standing standing, const char* ask) {
    return {"x", {}, standing, {}, {}, {ask, ask}};
}

TEST(Finding, IsCountedAndItsAdviceIsSaidOnce) {
    const std::vector<Finding> all{finding(Standing::good, ""), finding(Standing::failed, "cable"),
                                   finding(Standing::failed, "cable"), finding(Standing::attention, "light")};
    EXPECT_EQ(count(all, Standing::failed), 2);
    EXPECT_EQ(count(all, Standing::not_checkable), 0);
    EXPECT_THAT(advice_of(all), ::testing::ElementsAre(Text{"cable", "cable"}, Text{"light", "light"}));
}

TEST(Finding, EveryStandingHasItsOwnWords) {
    EXPECT_NE(standing_text(Standing::not_checkable), standing_text(Standing::good));
}

} // namespace
} // namespace kaomon
