#include "tools/page/plot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace kaomon::page {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Text title{"時間", "time"};
const Axis axis{{"時間", "time"}, "ms"};

TEST(Plot, ADistributionShowsItsMedian) {
    const std::vector<Samples> rows{{"A", {1, 2, 3, 4, 50}}, {"B", {}}};
    const std::string drawn = distribution(Language::english, title, axis, rows);
    EXPECT_THAT(drawn, HasSubstr(">3<"));
    EXPECT_THAT(drawn, HasSubstr(">A<"));
    EXPECT_THAT(drawn, HasSubstr("no values"));
    EXPECT_THAT(drawn, HasSubstr("time [ms]"));
}

TEST(Plot, WhatIsNotFiniteIsLeftOut) {
    const double nan = std::nan(""), infinite = std::numeric_limits<double>::infinity();
    const std::vector<Samples> rows{{"A", {nan, infinite, 2}}, {"B", {nan}}};
    const std::vector<Line> curves{{"A", {{0, 1}, {nan, 2}, {2, infinite}, {3, 3}}}};
    const std::vector<BarGroup> groups{{"A", {nan, 3}}, {"B", {}}};
    const std::vector<Text> series{{"明", "light"}, {"暗", "dark"}};
    for (const std::string& drawn : {distribution(Language::english, title, axis, rows),
                                     lines(Language::english, title, axis, axis, curves),
                                     bars(Language::english, title, axis, series, groups)}) {
        EXPECT_THAT(drawn, Not(HasSubstr("nan")));
        EXPECT_THAT(drawn, Not(HasSubstr("inf")));
    }
}

TEST(Plot, NothingToShowIsNoCrash) {
    EXPECT_THAT(distribution(Language::english, title, axis, {}), HasSubstr("<svg"));
    EXPECT_THAT(lines(Language::english, title, axis, axis, {}), HasSubstr("<svg"));
    EXPECT_THAT(bars(Language::english, title, axis, {}, {}), HasSubstr("<svg"));
    EXPECT_THAT(distribution(Language::english, title, axis, std::vector<Samples>{{"zeros", {0, 0}}}),
                HasSubstr("<svg"));
}

TEST(Plot, NamesAreEscapedAndNotCutInACharacter) {
    const std::vector<Samples> rows{{"<b>漢字漢字漢字漢字漢字漢字", {1}}};
    const std::string drawn = distribution(Language::japanese, title, axis, rows);
    EXPECT_THAT(drawn, HasSubstr("&lt;b&gt;漢字漢字漢字漢…"));
}

} // namespace
} // namespace kaomon::page
