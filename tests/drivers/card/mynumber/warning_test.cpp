#include "drivers/card/mynumber/warning.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::mynumber {
namespace {

using namespace std::chrono_literals;

std::vector<Warning> with_end(Date end, Date today = test::today) {
    FreeData data;
    data.sign_in_certificate = {0x30};
    data.sign_in_certificate_end = end;
    return warnings_of(data, today);
}

std::vector<Warning> of_card(const simulated::CardOptions& options) {
    simulated::Card card(test::issued_with(options).contents);
    test::HeldCard held(card);
    const auto data = read_free_data(held, test::today);
    return data ? warnings_of(*data, test::today) : std::vector<Warning>{{data.error().reason, {}}};
}

TEST(Warnings, TheLastDayItselfStillCounts) {
    const Date today = test::today; // 2026-11-23
    EXPECT_EQ(with_end(2026y / 11 / 22),
              (std::vector<Warning>{{Reason::sign_in_certificate_expired, 2026y / 11 / 22}}));
    EXPECT_EQ(with_end(today), (std::vector<Warning>{{Reason::sign_in_certificate_ends_soon, today}}));
    EXPECT_EQ(with_end(2027y / 2 / 23),
              (std::vector<Warning>{{Reason::sign_in_certificate_ends_soon, 2027y / 2 / 23}}));
    EXPECT_TRUE(with_end(2027y / 2 / 24).empty());
    EXPECT_TRUE(with_end(2035y / 2 / 17).empty());
}

TEST(Warnings, ThreeMonthsFromADayThatIsNotThere) {
    EXPECT_EQ(with_end(2027y / 2 / 28, 2026y / 11 / 30).size(), 1U); // there is no 30 February
    EXPECT_TRUE(with_end(2027y / 3 / 1, 2026y / 11 / 30).empty());
}

TEST(Warnings, OfWholeCards) {
    EXPECT_TRUE(of_card({}).empty());
    simulated::CardOptions without, ended, ending;
    without.without_sign_in = true;
    ended.sign_in_end = 2026y / 11 / 1;
    ending.sign_in_end = 2026y / 12 / 24;
    EXPECT_EQ(of_card(without), (std::vector<Warning>{{Reason::sign_in_certificate_missing, {}}}));
    EXPECT_EQ(of_card(ended)[0].reason, Reason::sign_in_certificate_expired);
    EXPECT_EQ(of_card(ending),
              (std::vector<Warning>{{Reason::sign_in_certificate_ends_soon, Date{2026y / 12 / 24}}}));
}

TEST(Warnings, ACertificateThatCannotBeReadIsNotCalledMissing) {
    FreeData data;
    data.sign_in_certificate = {0x30, 0x00};
    EXPECT_EQ(warnings_of(data, test::today), (std::vector<Warning>{{Reason::card_data_malformed, {}}}));
}

} // namespace
} // namespace kaomon::card::mynumber
