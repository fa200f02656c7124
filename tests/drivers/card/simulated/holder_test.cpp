#include "drivers/card/simulated/holder.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::simulated {
namespace {

constexpr Date date(int y, unsigned m, unsigned d) {
    return {std::chrono::year(y), std::chrono::month(m), std::chrono::day(d)};
}

TEST(Holder, ErasBeginOnTheirDay) {
    EXPECT_EQ(era_year_of(date(2019, 5, 1)), "01");
    EXPECT_EQ(era_year_of(date(2019, 4, 30)), "31");
    EXPECT_EQ(era_year_of(date(1989, 1, 8)), "01");
    EXPECT_EQ(era_year_of(date(1989, 1, 7)), "64");
    EXPECT_EQ(era_year_of(date(1926, 12, 25)), "01");
    EXPECT_EQ(era_year_of(date(1926, 12, 24)), "15");
}

TEST(Holder, WorkedExampleOfNumberB) { // drivers/card/SPEC.md §6
    Holder holder;
    holder.birth_date = date(1980, 2, 17);
    holder.card_expiry = date(2035, 2, 17);
    holder.security_code = "2285";
    EXPECT_EQ(birth_code(holder), "550217");
    EXPECT_EQ(access_number(holder), "55021720352285");
}

TEST(Holder, WhatIsLeftOpenIsFilledIn) {
    Holder holder;
    complete(holder, date(2026, 11, 23), 7);
    EXPECT_EQ(holder.card_expiry, date(2035, 5, 5)) << "the ninth birthday from the day of issue on";
    EXPECT_EQ(holder.security_code.size(), 4U);
    Holder again, other;
    complete(again, date(2026, 11, 23), 7);
    complete(other, date(2026, 11, 23), 8);
    EXPECT_EQ(again.security_code, holder.security_code);
    EXPECT_NE(other.security_code, holder.security_code);

    Holder leap;
    leap.birth_date = date(1984, 2, 29);
    complete(leap, date(2026, 11, 23), 7);
    EXPECT_EQ(leap.card_expiry, date(2035, 2, 28));
}

TEST(Holder, MyNumberIsNobodys) { // the check digit of 12345678901 would be 8
    EXPECT_EQ(impossible_my_number.size(), 12U);
    int sum = 0;
    for (int i = 0; i < 11; ++i)
        sum += (impossible_my_number[static_cast<std::size_t>(10 - i)] - '0') * (i < 6 ? i + 2 : i - 4);
    const int check = sum % 11 <= 1 ? 0 : 11 - sum % 11;
    EXPECT_NE(impossible_my_number.back() - '0', check);
}

} // namespace
} // namespace kaomon::card::simulated
