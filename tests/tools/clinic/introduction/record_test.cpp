#include "tools/clinic/introduction/advice.hpp"
#include "tools/clinic/introduction/record.hpp"

#include <gtest/gtest.h>

namespace kaomon::introduction {
namespace {

using namespace std::chrono;

TEST(Record, ReadsWhatItPrints) {
    const Record record{{1, {2026y / November / 20, "", ""}},
                        {5, {2027y / January / 20, "第1-\"2\"号", "電話で確認"}}};
    EXPECT_EQ(parse_record(print(record)).value_or(Record{}), record);
    EXPECT_EQ(parse_record(print({})).value_or(record), Record{});
}

TEST(Record, RefusesWhatCannotBe) {
    for (const char* text : {"", "[]", "{\"0\": {\"on\":\"2027-01-01\",\"number\":\"\",\"note\":\"\"}}",
                             "{\"10\": {\"on\":\"2027-01-01\",\"number\":\"\",\"note\":\"\"}}",
                             "{\"5\": {\"on\":\"2027-02-30\",\"number\":\"\",\"note\":\"\"}}", "{\"5\": {}}",
                             "{\"5\": {\"on\":\"2027-01-01\",\"number\":5,\"note\":\"\"}}"})
        EXPECT_EQ(parse_record(text).has_value(), false) << text;
    EXPECT_FALSE(parse_record(print({{5, {2027y / January / 20, std::string(65, '1'), ""}}})));
}

const Step* next_of(const Record& record) {
    static Plan plan;
    plan =
        *make_plan(Bureaus::built_in(),
                   {2027y / April, "愛媛県", clinic::InstitutionKind::clinic, 2026y / November / 24}, record);
    return next_step(plan);
}

TEST(Advice, IsTheReadyStepWithTheNearestDay) {
    const Done done{2026y / November / 20, "", ""};
    EXPECT_EQ(next_of({})->number, 1);
    EXPECT_EQ(next_of({{1, done}})->number, 2);
    EXPECT_EQ(next_of({{1, done}, {2, done}})->number, 3) << "the order waits for the quote";
    EXPECT_EQ(next_of({{1, done}, {2, done}, {3, done}})->number, 4);
    EXPECT_EQ(next_of({{1, done}, {2, done}, {3, done}, {4, done}})->number, 5);
    EXPECT_EQ(
        next_of({{1, done}, {2, done}, {3, done}, {4, done}, {5, done}, {6, done}, {7, done}, {8, done}})
            ->number,
        9);
    EXPECT_EQ(next_of({{1, done},
                       {2, done},
                       {3, done},
                       {4, done},
                       {5, done},
                       {6, done},
                       {7, done},
                       {8, done},
                       {9, done}}),
              nullptr);
}

} // namespace
} // namespace kaomon::introduction
