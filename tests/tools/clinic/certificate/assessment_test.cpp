#include "tools/clinic/certificate/assessment.hpp"

#include <gmock/gmock.h>

namespace kaomon::certificate {
namespace {

using namespace std::chrono;
using ::testing::HasSubstr;

const Date today = 2026y / November / 24;

Certificate until(Date end) {
    Certificate one;
    one.client = true;
    one.not_after = end;
    one.not_before = add_days(end, -3 * 365);
    return one;
}

TEST(Assessment, WarnsFromTheNinetiethDay) {
    EXPECT_EQ(assess(until(add_days(today, 91)), today, {}).state, State::good);
    EXPECT_EQ(assess(until(add_days(today, 90)), today, {}).state, State::ends_soon);
    EXPECT_EQ(assess(until(add_days(today, 89)), today, {}).days_left, 89);
    EXPECT_EQ(assess(until(today), today, {}).state, State::ends_soon);
    EXPECT_EQ(assess(until(add_days(today, -1)), today, {}).state, State::expired);
    EXPECT_FALSE(assess(until(add_days(today, 91)), today, {}).needs_action);
    EXPECT_TRUE(assess(until(add_days(today, 90)), today, {}).needs_action);
}

TEST(Assessment, NotYetValidPointsAtTheClock) {
    const auto found = assess(until(add_days(today, 3 * 365 + 365)), today, {});
    EXPECT_EQ(found.state, State::not_yet);
    EXPECT_THAT(found.sentences.front().ja, HasSubstr("時計"));
}

TEST(Assessment, TheDownloadWindowIsHundredAndEightyDays) {
    const Certificate one = until(add_days(today, 1000));
    auto found = assess(one, today, add_days(today, -180));
    EXPECT_EQ(found.download_until, today);
    EXPECT_FALSE(found.needs_action);
    found = assess(one, today, add_days(today, -181));
    EXPECT_TRUE(found.needs_action);
    EXPECT_THAT(found.sentences.back().ja, HasSubstr("過ぎています"));
}

TEST(Assessment, AnotherLifeThanThreeYearsIsNoticed) {
    Certificate one = until(add_days(today, 1000));
    EXPECT_EQ(assess(one, today, {}).sentences.size(), 1U);
    one.not_before = add_days(one.not_after, -10 * 365);
    EXPECT_THAT(assess(one, today, {}).sentences.back().ja, HasSubstr("3年ではありません"));
}

TEST(Assessment, AnIssuersOrServersCertificateIsNotTheDevices) {
    Certificate one = until(add_days(today, 1000));
    one.client = false;
    one.is_ca = true;
    EXPECT_TRUE(assess(one, today, {}).needs_action);
    one.is_ca = false;
    one.server = true;
    EXPECT_TRUE(assess(one, today, {}).needs_action);
}

} // namespace
} // namespace kaomon::certificate
