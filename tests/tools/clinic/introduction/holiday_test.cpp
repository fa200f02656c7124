// Day by day against a library of others: introduction_test.py. Here: each rule of the Act once, by hand.
#include "tools/clinic/introduction/holiday.hpp"
#include "tools/clinic/introduction/open_day.hpp"

#include <gtest/gtest.h>

namespace kaomon::introduction {
namespace {

std::string name(const char* day) {
    const auto found = holiday(*parse_day(day));
    return found ? found->ja : "";
}

TEST(Holiday, EachRuleOfTheAct) {
    EXPECT_EQ(name("2027-01-01"), "元日");
    EXPECT_EQ(name("2027-01-11"), "成人の日");   // second Monday
    EXPECT_EQ(name("2027-03-21"), "春分の日");   // a Sunday
    EXPECT_EQ(name("2027-03-22"), "振替休日");   // so its Monday
    EXPECT_EQ(name("2026-05-06"), "振替休日");   // Constitution Day on a Sunday moves over two holidays
    EXPECT_EQ(name("2026-09-22"), "国民の休日"); // between Respect for the Aged Day and the equinox
    EXPECT_EQ(name("2026-09-23"), "秋分の日");
    EXPECT_EQ(name("2024-02-12"), "振替休日");
    EXPECT_EQ(name("2027-05-06"), "");
    EXPECT_EQ(name("2026-12-31"), "") << "closed, but no holiday";
}

TEST(OpenDay, MovesOverHolidaysAndYearEnds) {
    EXPECT_EQ(iso(open_day(*parse_day("2027-05-01"), Shift::next)), "2027-05-06");
    EXPECT_EQ(iso(open_day(*parse_day("2027-05-05"), Shift::previous)), "2027-04-30");
    EXPECT_EQ(iso(open_day(*parse_day("2027-01-01"), Shift::previous)), "2026-12-28");
    EXPECT_EQ(iso(open_day(*parse_day("2026-12-29"), Shift::next)), "2027-01-04");
    EXPECT_EQ(iso(open_day(*parse_day("2027-01-04"), Shift::previous)), "2027-01-04");
    EXPECT_EQ(iso(first_open_day(*parse_month("2026-11"))), "2026-11-02");
}

} // namespace
} // namespace kaomon::introduction
