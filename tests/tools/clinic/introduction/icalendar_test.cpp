// That others read it: introduction_test.py. Here: what RFC 5545 says of lines.
#include "tools/clinic/introduction/icalendar.hpp"

#include <gmock/gmock.h>

#include <sstream>

namespace kaomon::introduction {
namespace {

using namespace std::chrono;
using ::testing::HasSubstr;
using ::testing::Not;

Plan plan(const Record& record = {}) {
    return *make_plan(Bureaus::built_in(),
                      {2027y / April, "愛媛県", clinic::InstitutionKind::clinic, 2026y / November / 24},
                      record);
}

TEST(ICalendar, LinesAreShortEndRightAndCutNoCharacter) {
    std::istringstream in(icalendar(plan(), Language::japanese));
    for (std::string line; std::getline(in, line);) {
        ASSERT_TRUE(line.ends_with('\r')) << line;
        EXPECT_LE(line.size(), 76U) << line;
        const auto first = static_cast<unsigned char>(line[0] == ' ' ? line[1] : line[0]);
        EXPECT_NE(first & 0xC0U, 0x80U) << "a character cut in two: " << line;
    }
}

TEST(ICalendar, TheSamePlanIsTheSameFileAndKeepsItsUidsWhenDaysMove) {
    EXPECT_EQ(icalendar(plan(), Language::japanese), icalendar(plan(), Language::japanese));
    const std::string done = icalendar(plan({{5, {2026y / November / 20, "", ""}}}), Language::japanese);
    EXPECT_THAT(done, HasSubstr("UID:step-5-2027-04-38@kaomon.invalid"));
    EXPECT_THAT(done, HasSubstr("SUMMARY:済"));
}

TEST(ICalendar, EveryEventSaysItsEdition) {
    const std::string text =
        icalendar(plan(), Language::english,
                  {7, sys_days(2026y / November / 29) + hours(3) + minutes(4) + seconds(5), 0});
    EXPECT_THAT(text, HasSubstr("SEQUENCE:7\r\n"));
    EXPECT_THAT(text, HasSubstr("DTSTAMP:20261129T030405Z\r\n"));
    EXPECT_THAT(text, HasSubstr("LAST-MODIFIED:20261129T030405Z\r\n"));
}

TEST(ICalendar, AStepThatIsDoneHasNoReminder) {
    Record all;
    for (int number = 1; number <= step_count; ++number)
        all[number] = {2026y / November / 20, "", ""};
    EXPECT_THAT(icalendar(plan(all), Language::english), Not(HasSubstr("VALARM")));
    EXPECT_THAT(icalendar(plan(), Language::english), HasSubstr("TRIGGER:-P13DT15H"));
}

} // namespace
} // namespace kaomon::introduction
