#include "tools/clinic/procure/questions.hpp"
#include "tools/clinic/procure/sheet_page.hpp"

#include <gmock/gmock.h>

namespace kaomon::procure {
namespace {

using namespace std::chrono;
using ::testing::HasSubstr;
using ::testing::Not;

choose::Measurement measured(choose::Device device, std::string name, choose::Grade grade,
                             std::string simulated = {}) {
    choose::Measurement one;
    one.device = device;
    one.name = std::move(name);
    one.id = "054C:0DC8";
    one.simulated = std::move(simulated);
    one.on = 2026y / November / 20;
    one.criteria = {
        {"taps", {"連続のタッチ", "taps"}, 50, "", {}, grade, {"50回とも読めました。", "all 50 were read."}}};
    return one;
}

std::string value(const Sheet& sheet, std::string_view word) {
    for (const Section& section : sheet.sections) {
        for (const Entry& entry : section.entries) {
            if (entry.word == word)
                return entry.value.ja;
        }
    }
    return "no such entry";
}

TEST(Sheet, TakesTheBestMeasuredCandidateUnlessOneIsNamed) {
    clinic::Profile profile;
    const std::vector<choose::Measurement> all{
        measured(choose::Device::reader, "A", choose::Grade::conditional),
        measured(choose::Device::reader, "B", choose::Grade::pass),
        measured(choose::Device::camera, "C", choose::Grade::fail)};
    Sheet sheet =
        make_sheet(Kind::quote, {.profile = profile, .measurements = all, .today = 2026y / November / 24});
    EXPECT_EQ(value(sheet, "reader"), "B（054C:0DC8）");
    EXPECT_THAT(value(sheet, "reader_measured"), HasSubstr("合格（2026年11月20日（金））"));
    EXPECT_EQ(value(sheet, "camera"), "") << "one that must not be bought is not proposed";
    EXPECT_FALSE(sheet.simulated);
    ASSERT_TRUE(profile.set("order.reader", "A"));
    sheet =
        make_sheet(Kind::quote, {.profile = profile, .measurements = all, .today = 2026y / November / 24});
    EXPECT_EQ(value(sheet, "reader"), "A（054C:0DC8）");
}

TEST(Sheet, WithoutMeasurementsThereIsALineForThePen) {
    const clinic::Profile profile;
    const Sheet sheet =
        make_sheet(Kind::order, {.profile = profile, .measurements = {}, .today = 2026y / November / 24});
    EXPECT_EQ(value(sheet, "reader"), "");
    EXPECT_THAT(sheet_page(sheet, Language::japanese), HasSubstr("まだ測っていません"));
    EXPECT_FALSE(sheet.missing.empty());
}

TEST(Sheet, ASimulatedDeviceSaysSoOnTheSheetAndInTheCsv) {
    const clinic::Profile profile;
    const std::vector<choose::Measurement> all{
        measured(choose::Device::reader, "A", choose::Grade::pass, "card reader")};
    const Sheet sheet =
        make_sheet(Kind::quote, {.profile = profile, .measurements = all, .today = 2026y / November / 24});
    EXPECT_TRUE(sheet.simulated);
    EXPECT_THAT(sheet_page(sheet, Language::japanese), HasSubstr("模擬: "));
    EXPECT_THAT(csv(sheet, Language::japanese), HasSubstr("模擬"));
}

TEST(Sheet, DatesAreThoseOfThePlan) {
    const clinic::Profile profile;
    const auto plan = introduction::make_plan(
        introduction::Bureaus::built_in(),
        {2027y / April, "愛媛県", clinic::InstitutionKind::clinic, 2026y / November / 24}, {});
    const Sheet sheet =
        make_sheet(Kind::quote,
                   {.profile = profile, .measurements = {}, .plan = &*plan, .today = 2026y / November / 24});
    EXPECT_EQ(value(sheet, "order_by"), "2026年12月28日（月）");
    EXPECT_EQ(value(sheet, "installed_by"), "2027年3月31日（水）");
}

TEST(Sheet, IsALetterWithItsNumberAndDay) {
    clinic::Profile profile;
    ASSERT_TRUE(profile.set("order.vendor", "有限会社れもんシステム"));
    ASSERT_TRUE(profile.set("network.line", "ipvpn-west"));
    for (const Kind kind : {Kind::quote, Kind::order}) {
        const Sheet sheet =
            make_sheet(kind, {.profile = profile, .measurements = {}, .today = 2026y / November / 24});
        const std::string page = sheet_page(sheet, Language::japanese);
        EXPECT_THAT(page, HasSubstr("有限会社れもんシステム　御中"));
        EXPECT_THAT(page, HasSubstr(kind == Kind::quote ? "20261124-Q1" : "20261124-P1"));
        EXPECT_THAT(page, HasSubstr("2026年11月24日（火）"));
        EXPECT_THAT(page + csv(sheet, Language::japanese), Not(HasSubstr("ipvpn-west"))) << "a word of ours";
        EXPECT_EQ(value(sheet, "line"), "IP-VPN（西日本）");
    }
}

TEST(Sheet, AsksForGenerationEndOfMaintenanceAndTelephones) {
    clinic::Profile profile;
    Sheet sheet =
        make_sheet(Kind::quote, {.profile = profile, .measurements = {}, .today = 2026y / November / 24});
    for (const char* word : {"model", "generation", "maintenance_until", "phones"})
        EXPECT_EQ(value(sheet, word), "") << word << " is a line for the pen";
    EXPECT_FALSE(sheet.warnings.empty());
    EXPECT_THAT(sheet_page(sheet, Language::japanese), HasSubstr("現行と次期のどちらの世代ですか"));
    EXPECT_THAT(sheet_page(sheet, Language::japanese), HasSubstr("本体で読めますか"));
    EXPECT_THAT(sheet_page(sheet, Language::japanese), Not(HasSubstr(sheet.warnings.front().ja)))
        << "the warnings are the clinic's";
    ASSERT_TRUE(profile.set("reader.model", "EXC-9200"));
    ASSERT_TRUE(profile.set("reader.maintenance_until", "2030-03-31"));
    sheet = make_sheet(Kind::quote, {.profile = profile, .measurements = {}, .today = 2026y / November / 24});
    EXPECT_EQ(value(sheet, "generation"), "現行");
    EXPECT_EQ(value(sheet, "phones"), "本体で読める");
    EXPECT_EQ(value(sheet, "maintenance_until"), "2030年3月31日（日）");
}

TEST(Questions, EachSheetHasItsOwn) {
    EXPECT_GT(questions_for(Kind::quote).size(), questions_for(Kind::order).size());
    EXPECT_THAT(questions_for(Kind::quote).front().ja, HasSubstr("Linux"));
    for (const char* wrong :
         {"[a]\nja = \"x\"\n", "[a]\nja = \"x\"\nen = \"y\"\nsheet = \"z\"\n", "a = 1\n", "[a"})
        EXPECT_FALSE(parse_questions(wrong, Kind::quote)) << wrong;
}

} // namespace
} // namespace kaomon::procure
