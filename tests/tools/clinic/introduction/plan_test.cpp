#include "tools/clinic/introduction/advice.hpp"
#include "tools/clinic/introduction/plan.hpp"
#include "tools/clinic/introduction/prefecture.hpp"

#include <gtest/gtest.h>

namespace kaomon::introduction {
namespace {

using namespace std::chrono;

const Date long_before = 2023y / January / 4;

Plan plan(Month open, const std::string& prefecture, Date today = long_before, const Record& record = {}) {
    auto made =
        make_plan(Bureaus::built_in(), {open, prefecture, clinic::InstitutionKind::clinic, today}, record);
    EXPECT_TRUE(made) << iso(open) << " " << prefecture;
    return made ? *made : Plan{};
}

const Step& step(const Plan& plan, int number) {
    return plan.steps[static_cast<std::size_t>(number - 1)];
}

struct Row {
    const char *open, *prefecture;
    const char* order_by;   // steps 1 to 4: last open day on or before the day three months before
    const char* request_by; // step 5
    bool request_certain;
    const char* submit_by;      // steps 6 to 8: last open day on or before the 15th two months before
    const char* designation_by; // step 9
    bool designation_certain;
};

// From the rules and a wall calendar, not from the program: Shikoku asks for the number by the first open day
// two months before; Tohoku by the 5th or the open day after it; Tokai-Hokuriku by the 1st or the open day
// before it, and for the application by the 20th (Toyama, Gifu: or the open day before) or the 15th
// (Ishikawa, Shizuoka, Mie: or the open day after); Hokkaido takes the application until the 20th or the open
// day after. Where nothing is known the careful days stand: the 1st and the 9th, or the open day before.
const Row rows[]{
    {"2024-04", "愛媛県", "2023-12-28", "2024-02-01", true, "2024-02-15", "2024-03-08", false},
    {"2024-06", "愛媛県", "2024-03-01", "2024-04-01", true, "2024-04-15", "2024-05-09", false},
    {"2024-07", "愛媛県", "2024-04-01", "2024-05-01", true, "2024-05-15", "2024-06-07", false},
    {"2025-01", "愛媛県", "2024-10-01", "2024-11-01", true, "2024-11-15", "2024-12-09", false},
    {"2025-03", "愛媛県", "2024-11-29", "2025-01-06", true, "2025-01-15", "2025-02-07", false},
    {"2026-03", "愛媛県", "2025-12-01", "2026-01-05", true, "2026-01-15", "2026-02-09", false},
    {"2026-07", "愛媛県", "2026-04-01", "2026-05-01", true, "2026-05-15", "2026-06-09", false},
    {"2027-01", "愛媛県", "2026-10-01", "2026-11-02", true, "2026-11-13", "2026-12-09", false},
    {"2027-03", "愛媛県", "2026-12-01", "2027-01-04", true, "2027-01-15", "2027-02-09", false},
    {"2027-04", "愛媛県", "2026-12-28", "2027-02-01", true, "2027-02-15", "2027-03-09", false},
    {"2027-07", "愛媛県", "2027-04-01", "2027-05-06", true, "2027-05-14", "2027-06-09", false},
    {"2028-03", "愛媛県", "2027-12-01", "2028-01-04", true, "2028-01-14", "2028-02-09", false},
    {"2029-07", "愛媛県", "2029-03-30", "2029-05-01", true, "2029-05-15", "2029-06-08", false},
    {"2026-11", "香川県", "2026-07-31", "2026-09-01", true, "2026-09-15", "2026-10-09", false},
    {"2026-12", "徳島県", "2026-09-01", "2026-10-01", true, "2026-10-15", "2026-11-09", false},
    {"2030-03", "高知県", "2029-11-30", "2030-01-04", true, "2030-01-15", "2030-02-08", false},
    {"2032-11", "高知県", "2032-07-30", "2032-09-01", true, "2032-09-15", "2032-10-08", false},
    {"2024-05", "富山県", "2024-02-01", "2024-03-01", true, "2024-03-15", "2024-04-19", true},
    {"2025-05", "富山県", "2025-01-31", "2025-02-28", true, "2025-03-14", "2025-04-18", true},
    {"2026-01", "富山県", "2025-10-01", "2025-10-31", true, "2025-11-14", "2025-12-19", true},
    {"2026-03", "富山県", "2025-12-01", "2025-12-26", true, "2026-01-15", "2026-02-20", true},
    {"2026-07", "富山県", "2026-04-01", "2026-05-01", true, "2026-05-15", "2026-06-19", true},
    {"2026-11", "富山県", "2026-07-31", "2026-09-01", true, "2026-09-15", "2026-10-20", true},
    {"2027-03", "富山県", "2026-12-01", "2026-12-28", true, "2027-01-15", "2027-02-19", true},
    {"2027-05", "富山県", "2027-02-01", "2027-03-01", true, "2027-03-15", "2027-04-20", true},
    {"2027-10", "富山県", "2027-07-01", "2027-07-30", true, "2027-08-13", "2027-09-17", true},
    {"2028-07", "富山県", "2028-03-31", "2028-05-01", true, "2028-05-15", "2028-06-20", true},
    {"2025-12", "岐阜県", "2025-09-01", "2025-10-01", true, "2025-10-15", "2025-11-20", true},
    {"2026-10", "岐阜県", "2026-07-01", "2026-07-31", true, "2026-08-14", "2026-09-18", true},
    {"2027-06", "岐阜県", "2027-03-01", "2027-04-01", true, "2027-04-15", "2027-05-20", true},
    {"2029-04", "岐阜県", "2028-12-28", "2029-02-01", true, "2029-02-15", "2029-03-19", true},
    {"2024-07", "石川県", "2024-04-01", "2024-05-01", true, "2024-05-15", "2024-06-17", true},
    {"2025-02", "石川県", "2024-11-01", "2024-11-29", true, "2024-12-13", "2025-01-15", true},
    {"2025-07", "石川県", "2025-04-01", "2025-05-01", true, "2025-05-15", "2025-06-16", true},
    {"2026-03", "石川県", "2025-12-01", "2025-12-26", true, "2026-01-15", "2026-02-16", true},
    {"2026-09", "石川県", "2026-06-01", "2026-07-01", true, "2026-07-15", "2026-08-17", true},
    {"2026-10", "石川県", "2026-07-01", "2026-07-31", true, "2026-08-14", "2026-09-15", true},
    {"2027-02", "石川県", "2026-10-30", "2026-12-01", true, "2026-12-15", "2027-01-15", true},
    {"2027-06", "石川県", "2027-03-01", "2027-04-01", true, "2027-04-15", "2027-05-17", true},
    {"2026-12", "静岡県", "2026-09-01", "2026-10-01", true, "2026-10-15", "2026-11-16", true},
    {"2027-09", "静岡県", "2027-06-01", "2027-07-01", true, "2027-07-15", "2027-08-16", true},
    {"2028-02", "静岡県", "2027-11-01", "2027-12-01", true, "2027-12-15", "2028-01-17", true},
    {"2028-05", "三重県", "2028-02-01", "2028-03-01", true, "2028-03-15", "2028-04-17", true},
    {"2029-01", "三重県", "2028-09-29", "2028-11-01", true, "2028-11-15", "2028-12-15", true},
    {"2029-08", "三重県", "2029-05-01", "2029-06-01", true, "2029-06-15", "2029-07-17", true},
    {"2030-10", "三重県", "2030-07-01", "2030-08-01", true, "2030-08-15", "2030-09-17", true},
    {"2027-04", "愛知県", "2026-12-28", "2027-02-01", true, "2027-02-15", "2027-03-09", false},
    {"2027-03", "愛知県", "2026-12-01", "2026-12-28", true, "2027-01-15", "2027-02-09", false},
    {"2026-06", "北海道", "2026-02-27", "2026-04-01", false, "2026-04-15", "2026-05-20", false},
    {"2026-10", "北海道", "2026-07-01", "2026-07-31", false, "2026-08-14", "2026-09-24", false},
    {"2027-03", "北海道", "2026-12-01", "2026-12-28", false, "2027-01-15", "2027-02-22", false},
    {"2027-04", "北海道", "2026-12-28", "2027-02-01", false, "2027-02-15", "2027-03-23", false},
    {"2028-09", "北海道", "2028-06-01", "2028-06-30", false, "2028-07-14", "2028-08-21", false},
    {"2027-01", "東京都", "2026-10-01", "2026-10-30", false, "2026-11-13", "2026-12-09", false},
    {"2027-03", "東京都", "2026-12-01", "2026-12-28", false, "2027-01-15", "2027-02-09", false},
    {"2027-06", "神奈川県", "2027-03-01", "2027-04-01", false, "2027-04-15", "2027-05-07", false},
    {"2026-11", "長野県", "2026-07-31", "2026-09-01", false, "2026-09-15", "2026-10-09", false},
    {"2027-04", "大阪府", "2026-12-28", "2027-02-01", false, "2027-02-15", "2027-03-09", false},
    {"2026-07", "京都府", "2026-04-01", "2026-05-01", false, "2026-05-15", "2026-06-09", false},
    {"2027-02", "福井県", "2026-10-30", "2026-12-01", false, "2026-12-15", "2027-01-08", false},
    {"2027-04", "宮城県", "2026-12-28", "2027-02-05", true, "2027-02-15", "2027-03-09", false},
    {"2028-03", "青森県", "2027-12-01", "2028-01-05", true, "2028-01-14", "2028-02-09", false},
    {"2027-07", "岩手県", "2027-04-01", "2027-05-06", true, "2027-05-14", "2027-06-09", false},
    {"2026-11", "秋田県", "2026-07-31", "2026-09-07", true, "2026-09-15", "2026-10-09", false},
    {"2029-07", "山形県", "2029-03-30", "2029-05-07", true, "2029-05-15", "2029-06-08", false},
    {"2027-06", "福島県", "2027-03-01", "2027-04-05", true, "2027-04-15", "2027-05-07", false},
    {"2027-04", "福岡県", "2026-12-28", "2027-02-01", false, "2027-02-15", "2027-03-09", false},
    {"2026-11", "沖縄県", "2026-07-31", "2026-09-01", false, "2026-09-15", "2026-10-09", false},
    {"2050-12", "鹿児島県", "2050-09-01", "2050-09-30", false, "2050-10-14", "2050-11-09", false},
    {"2027-04", "広島県", "2026-12-28", "2027-02-01", false, "2027-02-15", "2027-03-09", false},
    {"2027-03", "岡山県", "2026-12-01", "2026-12-28", false, "2027-01-15", "2027-02-09", false},
    {"2029-07", "山口県", "2029-03-30", "2029-05-01", false, "2029-05-15", "2029-06-08", false},
};

TEST(Plan, HasTheDaysOfTheTable) {
    for (const Row& row : rows) {
        const Plan made = plan(*parse_month(row.open), row.prefecture);
        const std::string name = std::string(row.open) + " " + row.prefecture;
        for (const int number : {1, 2, 3, 4})
            EXPECT_EQ(iso(step(made, number).latest), row.order_by) << name << " step " << number;
        EXPECT_EQ(iso(step(made, 5).latest), row.request_by) << name;
        EXPECT_EQ(step(made, 5).certain, row.request_certain) << name;
        for (const int number : {6, 7, 8})
            EXPECT_EQ(iso(step(made, number).latest), row.submit_by) << name << " step " << number;
        EXPECT_EQ(iso(step(made, 9).latest), row.designation_by) << name;
        EXPECT_EQ(step(made, 9).certain, row.designation_certain) << name;
    }
}

// One prefecture for every set of rules: each with a rule of its own, and of every bureau one that has none.
std::vector<std::string> prefectures_with_own_rules() {
    std::vector<std::string> found;
    for (const Bureau& bureau : Bureaus::built_in().all()) {
        bool one_without = false;
        for (const std::string& prefecture : bureau.prefectures) {
            const bool own = &bureau.designation_in(prefecture) != &bureau.designation;
            if (own || !std::exchange(one_without, true))
                found.push_back(prefecture);
        }
    }
    return found;
}

template<class Check>
void for_all_openings(Check check) {
    for (const std::string& prefecture : prefectures_with_own_rules()) {
        for (Month open = 2024y / April; open <= Month(2050y / December); open += months(1))
            check(open, prefecture);
    }
}

TEST(Plan, LatestDaysAreOpenAndEarliestDaysAreNotLater) {
    for_all_openings([](Month open, const std::string& prefecture) {
        const Plan made = plan(open, prefecture);
        for (const Step& one : made.steps) {
            ASSERT_FALSE(is_closed(one.latest)) << iso(open) << prefecture << one.number;
            ASSERT_LE(one.earliest, one.latest) << iso(open) << prefecture << one.number;
            ASSERT_LT(one.latest, Date(open / day(1))) << iso(open) << prefecture << one.number;
            ASSERT_FALSE(one.source.ja.empty());
        }
        for (const int number : {6, 7, 8})
            ASSERT_GE(step(made, number).latest, step(made, 5).latest) << iso(open) << prefecture;
    });
}

TEST(Plan, AnEarlierOpeningNeverHasALaterDay) {
    for (const std::string& prefecture : prefectures_with_own_rules()) {
        Plan before = plan(2024y / April, prefecture);
        for (Month open = 2024y / May; open <= Month(2050y / December); open += months(1)) {
            Plan after = plan(open, prefecture);
            for (int number = 1; number <= step_count; ++number) {
                ASSERT_LE(step(before, number).latest, step(after, number).latest)
                    << iso(open) << prefecture << number;
                ASSERT_LE(step(before, number).earliest, step(after, number).earliest)
                    << iso(open) << prefecture << number;
            }
            before = std::move(after);
        }
    }
}

TEST(Plan, AskedTooLateNamesTheFirstMonthStillPossible) {
    // Shikoku, opening in April: the number must be asked for by 1 February 2027.
    EXPECT_FALSE(plan(2027y / April, "愛媛県", 2027y / February / 1).too_late());
    const Plan late = plan(2027y / April, "愛媛県", 2027y / February / 2);
    EXPECT_TRUE(late.too_late());
    EXPECT_EQ(iso(late.first_possible), "2027-05");
    EXPECT_TRUE(step(late, 5).overdue(late.asked.today));
    // The number has come already: what counts then is the 15th.
    const Record asked{{5, {2027y / January / 20, "", ""}}};
    EXPECT_FALSE(plan(2027y / April, "愛媛県", 2027y / February / 2, asked).too_late());
    EXPECT_EQ(iso(plan(2027y / April, "愛媛県", 2027y / February / 16, asked).first_possible), "2027-05");
    // The notice's guide is no wall.
    const Plan after_guide = plan(2027y / April, "愛媛県", 2027y / January / 20);
    EXPECT_TRUE(step(after_guide, 4).overdue(after_guide.asked.today));
    EXPECT_FALSE(after_guide.too_late());
    // A month that has gone by
    EXPECT_EQ(iso(plan(2026y / January, "富山県", 2026y / November / 24).first_possible), "2027-02");
}

TEST(Plan, AGuessThatHasPassedIsAReasonToRingAndNeverTooLate) {
    // Osaka: no published day; the careful guess is 1 February, the wall for everybody 15 February 2027.
    const Date after_guess = 2027y / February / 3;
    const Plan made = plan(2027y / April, "大阪府", after_guess);
    EXPECT_FALSE(made.too_late());
    EXPECT_TRUE(step(made, 5).ask_today(after_guess));
    EXPECT_TRUE(ring_today_text(step(made, 5), made).ja.starts_with("今日、近畿厚生局に電話"));
    const Record first_four{{1, {}}, {2, {}}, {3, {}}, {4, {}}};
    EXPECT_TRUE(to_do_now(plan(2027y / April, "大阪府", after_guess, first_four)).ja.find("電話") !=
                std::string::npos);
    const Plan late = plan(2027y / April, "大阪府", 2027y / February / 16);
    EXPECT_TRUE(late.too_late()) << "the 15th is a wall";
    EXPECT_EQ(to_do_now(late).ja.find("まで）"), std::string::npos) << "no day that is gone";
    // The application: the guess is 9 March; on the day before the opening it may still be asked for, after
    // it not.
    const Record eight{{1, {}}, {2, {}}, {3, {}}, {4, {}}, {5, {}}, {6, {}}, {7, {}}, {8, {}}};
    EXPECT_FALSE(plan(2027y / April, "大阪府", 2027y / March / 31, eight).too_late());
    EXPECT_TRUE(plan(2027y / April, "大阪府", 2027y / April / 1, eight).too_late());
    // A day that a bureau published is one.
    EXPECT_FALSE(
        step(plan(2027y / April, "愛媛県", 2027y / February / 2), 5).ask_today(2027y / February / 2));
}

TEST(Plan, EveryDayHasTheAgeOfItsSourceAndIsAskedAgainAfterAYear) {
    const Date today = 2026y / November / 29;
    const Plan ehime = plan(2027y / April, "愛媛県", today);
    EXPECT_EQ(source_age_text(step(ehime, 5), today).ja, "2年3か月前の情報"); // of 2024-07-31
    EXPECT_TRUE(step(ehime, 5).ask_again(today));
    EXPECT_EQ(source_age_text(step(ehime, 6), today).ja, "この1か月以内の情報");
    EXPECT_FALSE(step(ehime, 6).ask_again(today));
    EXPECT_TRUE(step(ehime, 6).ask_again(2027y / December / 1));
    EXPECT_EQ(source_age_text(step(plan(2027y / April, "大阪府", today), 5), today).ja, "公表された資料なし");
    EXPECT_EQ(iso(*step(plan(2027y / April, "広島県", today), 5).source_dated), "2024-03-15");
    EXPECT_EQ(iso(*step(plan(2027y / April, "東京都", today), 9).source_dated), "2025-01-10");
    EXPECT_TRUE(
        too_late_text(plan(2027y / April, "愛媛県", 2027y / February / 2)).ja.find("四国厚生支局に電話") !=
        std::string::npos)
        << "a day out of an old page is asked for before anybody gives up";
}

TEST(Plan, StepsThatShareAFewOpenDaysSaySo) {
    // Shikoku answers by 10 February 2027; the 11th is a holiday, 13 and 14 a weekend: 10, 12 and 15 are
    // open.
    const Plan made = plan(2027y / April, "愛媛県", 2026y / November / 29);
    for (const int number : {6, 7, 8}) {
        EXPECT_EQ(step(made, number).together, (std::vector{6, 7, 8}));
        EXPECT_EQ(step(made, number).open_days, 3);
        EXPECT_TRUE(together_text(step(made, number)).ja.find("開庁日は3日だけ") != std::string::npos);
    }
    EXPECT_TRUE(together_text(step(made, 5)).ja.empty());
}

TEST(Plan, EveryMonthThatIsSaidToBePossibleIs) {
    for (const char* prefecture : {"愛媛県", "富山県", "石川県", "東京都", "北海道"}) {
        for (Date today = 2026y / October / 1; today < Date(2027y / June / 1); today = add_days(today, 1)) {
            const Plan made = plan(2026y / December, prefecture, today);
            const Plan possible = plan(made.first_possible, prefecture, today);
            ASSERT_FALSE(possible.too_late()) << iso(today) << prefecture;
            ASSERT_TRUE(!step(possible, 5).certain || step(possible, 5).latest >= today)
                << iso(today) << prefecture;
            ASSERT_GE(step(possible, 6).latest, today) << iso(today) << prefecture;
            ASSERT_TRUE(!made.too_late() ||
                        plan(made.first_possible - months(1), prefecture, today).too_late())
                << iso(today) << prefecture;
        }
    }
}

TEST(Plan, RefusesMonthsWithoutRules) {
    for (const Month open : {Month(2023y / December), Month(2024y / March), Month(2051y / January)}) {
        const auto made = make_plan(Bureaus::built_in(),
                                    {open, "愛媛県", clinic::InstitutionKind::clinic, long_before}, {});
        ASSERT_FALSE(made) << iso(open);
        EXPECT_EQ(made.error().word, "impossible_month");
    }
}

} // namespace
} // namespace kaomon::introduction
