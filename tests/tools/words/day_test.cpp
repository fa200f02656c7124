#include "tools/words/day.hpp"

#include <gtest/gtest.h>

namespace kaomon {
namespace {

using namespace std::chrono;

TEST(Day, ReadsWhatItPrints) {
    const auto day = parse_day("2028-02-29");
    ASSERT_TRUE(day);
    EXPECT_EQ(iso(*day), "2028-02-29");
    EXPECT_EQ(day_text(Language::japanese, *day), "2028年2月29日（火）");
    EXPECT_EQ(day_text(Language::english, *day), "Tue 29 February 2028");
    EXPECT_EQ(iso(*parse_month("2027-04")), "2027-04");
    EXPECT_EQ(month_text(Language::japanese, *parse_month("2027-04")), "2027年4月");
}

TEST(Day, RefusesWhatIsNoDay) {
    for (const char* text : {"", "2027-02-29", "2027-13-01", "2027-00-10", "2027-4-01", "2027-04-1",
                             "2027/04/01", "2027-04-01 ", "２０２７-04-01", "1899-12-31", "2200-01-01",
                             "2027-04-32", "2027-04-00", "+027-04-01", "2027-04-0152100031"})
        EXPECT_FALSE(parse_day(text)) << text;
    for (const char* text : {"", "2027-13", "2027-00", "2027-4", "202704", "2027-04-01", "27-04"})
        EXPECT_FALSE(parse_month(text)) << text;
}

TEST(Day, ReadsAMonthAsPeopleWriteIt) {
    for (const char* text : {"2027-04", "令和9年4月", "令和 9 年 4 月", "令和９年４月", "R9.4", "r9/04",
                             "2027年4月", "2027/4", "２０２７年０４月"})
        EXPECT_EQ(iso(read_month(text).value_or(Month{})), "2027-04") << text;
    EXPECT_EQ(iso(read_month("令和元年5月").value_or(Month{})), "2019-05");
    for (const char* text :
         {"", "令和", "令和9年", "令和9年13月", "平成9年4月", "9年4月", "2027-04-01", "27/4", "令和999年4月"})
        EXPECT_FALSE(read_month(text)) << text;
}

TEST(Day, CountsOverYearEnds) {
    const Date new_year = 2027y / January / 1;
    EXPECT_EQ(iso(add_days(new_year, -1)), "2026-12-31");
    EXPECT_EQ(days_between(2026y / December / 30, new_year), 2);
    EXPECT_EQ(days_between(new_year, 2026y / December / 30), -2);
}

} // namespace
} // namespace kaomon
