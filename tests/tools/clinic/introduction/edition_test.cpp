#include "tools/clinic/introduction/edition.hpp"

#include <gtest/gtest.h>

namespace kaomon::introduction {
namespace {

using namespace std::chrono;

const sys_seconds noon = sys_days(2026y / November / 29) + 12h;

TEST(Edition, RisesWithEveryChangeHoweverSoon) {
    const Edition first = next_edition({}, "a", noon);
    EXPECT_EQ(first.made, noon);
    EXPECT_EQ(next_edition(first, "a", noon + 24h), first) << "the same contents are the same edition";
    const Edition second = next_edition(first, "b", noon + 1s);
    EXPECT_GT(second.sequence, first.sequence);
    EXPECT_EQ(second.made, noon + 1s);
    EXPECT_GT(next_edition(second, "a", noon + 1s).sequence, second.sequence) << "back again is a change too";
    EXPECT_GT(next_edition(second, "c", noon - 48h).sequence, second.sequence) << "with the clock set back";
    EXPECT_GT(next_edition({}, "b", noon + 1min).sequence, first.sequence) << "with the record lost";
}

TEST(Edition, ReadsWhatItPrintsAndRefusesWhatCannotBe) {
    const Edition edition = next_edition({}, "contents", noon);
    EXPECT_EQ(parse_edition(print(edition)).value_or(Edition{}), edition);
    for (const char* text :
         {"", "[]", "{}", R"({"sequence":-1,"made":1,"contents":1})",
          R"({"sequence":2147483648,"made":1,"contents":1})", R"({"sequence":1,"made":1,"contents":"x"})",
          R"({"sequence":1,"made":99999999999999,"contents":1})"})
        EXPECT_EQ(parse_edition(text).error().word, "record_invalid") << text;
    EXPECT_LE(next_edition(Edition{2147483647, noon, 1}, "x", noon).sequence, 2147483647U);
}

} // namespace
} // namespace kaomon::introduction
