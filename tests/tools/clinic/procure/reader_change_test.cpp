#include "tools/clinic/procure/reader_change.hpp"

#include <gmock/gmock.h>

namespace kaomon::procure {
namespace {

using namespace std::chrono;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Date today = 2026y / November / 29;
const Month open = 2027y / April;

clinic::Profile with(std::initializer_list<std::pair<const char*, const char*>> values) {
    clinic::Profile profile;
    for (const auto& [key, value] : values)
        EXPECT_TRUE(profile.set(key, value)) << key;
    return profile;
}

std::string warnings(const ReaderChange& change) {
    std::string all;
    for (const Text& one : change.warnings)
        all += one.ja + "\n";
    return all;
}

TEST(ReaderChange, WhatIsNotKnownIsAskedToday) {
    const ReaderChange change = plan_change({}, open, today);
    EXPECT_THAT(warnings(change), HasSubstr("2026年3月から機種ごとに順に終わっています"));
    EXPECT_THAT(warnings(change), HasSubstr("どちらの世代か"));
    EXPECT_THAT(warnings(change), HasSubstr("スマートフォンのマイナ保険証を読めるか"));
    ASSERT_EQ(change.steps.size(), 1U);
    EXPECT_FALSE(change.steps.front().latest) << "no day out of nothing";
}

TEST(ReaderChange, ThePresentModelsOfTheListAreKnown) {
    const auto separate = plan_change(with({{"reader.model", "富士通 Caora"}}), open, today);
    EXPECT_EQ(separate.generation, clinic::ReaderGeneration::current);
    EXPECT_EQ(separate.phones, clinic::PhoneReading::separate);
    EXPECT_THAT(warnings(separate), HasSubstr("別の汎用リーダーが要ります"));
    const auto built_in = plan_change(with({{"reader.model", "EXC-9200"}}), open, today);
    EXPECT_EQ(built_in.phones, clinic::PhoneReading::built_in);
}

TEST(ReaderChange, StepsEndWhereMaintenanceEnds) {
    const auto change = plan_change(with({{"reader.model", "X"},
                                          {"reader.generation", "現行"},
                                          {"reader.phones", "なし"},
                                          {"reader.maintenance_until", "2027-03-31"}}),
                                    std::nullopt, today);
    std::vector<std::string> days;
    for (const ChangeStep& step : change.steps)
        days.push_back(step.latest ? iso(*step.latest) : "");
    // 2026-09-31 is none: its month's last open day; 2026-12-31 is closed until the year's end began
    EXPECT_THAT(days, ElementsAre("2026-09-30", "2026-12-28", "2027-02-26", "2027-03-31"));
    EXPECT_TRUE(change.steps[0].overdue);
    EXPECT_FALSE(change.steps[1].overdue);
    EXPECT_THAT(warnings(change), HasSubstr("受け付けられません"));
}

TEST(ReaderChange, AnEndBeforeOrSoonAfterTheOpeningIsAWarning) {
    const auto warned = [](const char* until) {
        return warnings(plan_change(with({{"reader.model", "X"},
                                          {"reader.generation", "next"},
                                          {"reader.phones", "built_in"},
                                          {"reader.maintenance_until", until}}),
                                    open, today));
    };
    EXPECT_THAT(warned("2026-10-31"), HasSubstr("に終わっています。故障すると直せません"));
    EXPECT_THAT(warned("2027-03-01"), HasSubstr("診療開始より前"));
    EXPECT_THAT(warned("2027-12-31"), HasSubstr("1年たたないうちに"));
    EXPECT_THAT(warned("2032-03-31"), IsEmpty());
}

} // namespace
} // namespace kaomon::procure
