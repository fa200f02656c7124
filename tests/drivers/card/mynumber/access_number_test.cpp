#include "drivers/card/mynumber/access_number.hpp"

#include <gtest/gtest.h>

#include <string>

namespace kaomon::card::mynumber {
namespace {

using namespace std::chrono_literals;

constexpr Date today = 2026y / 11 / 23;

FreeData expiring(Date expiry) {
    FreeData data;
    data.card_expiry = expiry;
    return data;
}
AccessParts whole(std::string_view digits) {
    return {SecretText(digits), {}, {}};
}
AccessParts parts(std::string_view year, std::string_view code) {
    return {{}, SecretText(year), SecretText(code)};
}

std::string result(const AccessParts& given, Date expiry) {
    const auto number = assemble(given, expiring(expiry), today);
    if (!number)
        return std::string(word(number.error().reason));
    return {number->digits().begin(), number->digits().end()};
}

TEST(AccessNumber, TheWorkedExampleOfTheDesign) {
    EXPECT_EQ(result(whole("55021720352285"), 2035y / 2 / 17), "55021720352285");
    EXPECT_EQ(result(parts("55", "2285"), 2035y / 2 / 17), "55021720352285");
}

TEST(AccessNumber, PartsAreFilledUpWithZeros) {
    EXPECT_EQ(result(parts("02", "0001"), 2031y / 1 / 3), "02010320310001");
}

TEST(AccessNumber, ShapeIsJudgedBeforeACardIsThere) {
    const auto shape = [](const AccessParts& given) {
        const auto judged = check_shape(given);
        return judged ? std::string("fine") : std::string(word(judged.error().reason));
    };
    EXPECT_EQ(shape(whole("55021720352285")), "fine");
    EXPECT_EQ(shape(parts("55", "2285")), "fine");
    EXPECT_EQ(shape({}), "access_number_missing");
    EXPECT_EQ(shape({{}, SecretText("55"), {}}), "access_number_missing");
    EXPECT_EQ(shape({{}, {}, SecretText("2285")}), "access_number_missing");
    EXPECT_EQ(shape(whole("")), "access_number_malformed");
    EXPECT_EQ(shape(whole("5502172035228")), "access_number_malformed");
    EXPECT_EQ(shape(whole("550217203522855")), "access_number_malformed");
    EXPECT_EQ(shape(whole("5502172035228a")), "access_number_malformed");
    EXPECT_EQ(shape(whole("５５02172035")), "access_number_malformed"); // full-width digits
    EXPECT_EQ(shape(parts("5", "2285")), "access_number_malformed");
    EXPECT_EQ(shape(parts("55", "228")), "access_number_malformed");
    EXPECT_EQ(shape(parts("55", "22 5")), "access_number_malformed");
    EXPECT_EQ(shape({SecretText("55021720352285"), SecretText("55"), {}}), "access_number_malformed");
    EXPECT_EQ(result({}, 2035y / 2 / 17), "access_number_missing"); // assemble() judges it too
}

TEST(AccessNumber, ContradictionsToTheCard) {
    const Date expiry = 2035y / 2 / 17;
    EXPECT_EQ(result(whole("55021720342285"), expiry), "access_number_contradicts_card"); // expiry year
    EXPECT_EQ(result(whole("55021820352285"), expiry), "access_number_unchecked");        // day
    EXPECT_EQ(result(whole("55031720352285"), expiry), "access_number_unchecked");        // month
    EXPECT_EQ(result(whole("55132720352285"), expiry), "access_number_contradicts_card"); // no such month
    EXPECT_EQ(result(whole("55023020352285"), expiry), "access_number_contradicts_card"); // no such day
    EXPECT_EQ(result(parts("00", "2285"), expiry), "access_number_incomplete");
    EXPECT_EQ(result(parts("65", "2285"), expiry), "access_number_incomplete");
    EXPECT_EQ(result(parts("99", "2285"), expiry), "access_number_incomplete");
}

TEST(AccessNumber, NoDetailHoldsADigitOfTheNumber) {
    for (const char* digits : {"55021720342285", "55021820352285", "55132720352285", "5502172035228a"}) {
        const auto number = assemble(whole(digits), expiring(2035y / 2 / 17), today);
        ASSERT_FALSE(number);
        EXPECT_EQ(number.error().detail.find(std::string(digits).substr(0, 4)), std::string::npos);
        EXPECT_EQ(number.error().detail.find("2285"), std::string::npos);
    }
}

TEST(AccessNumber, WesternYearsOfForeignResidents) {
    // a permanent resident, born on 5 May 1970: the card ends on the birthday
    EXPECT_EQ(result(whole("70050520351234"), 2035y / 5 / 5), "70050520351234");
    // a card that ends with a period of stay: the day cannot be held against it where the year is no era year
    EXPECT_EQ(result(whole("85050520281234"), 2028y / 9 / 30), "85050520281234");
    EXPECT_EQ(result(whole("00050520281234"), 2028y / 9 / 30), "00050520281234");
    EXPECT_EQ(result(whole("85050520291234"), 2028y / 9 / 30), "access_number_contradicts_card");
    // the same with a year that may be an era year: stopped without a try
    EXPECT_EQ(result(whole("25050520281234"), 2028y / 9 / 30), "access_number_unchecked");
    // parts are an era year by name
    EXPECT_EQ(result(parts("70", "1234"), 2035y / 5 / 5), "access_number_incomplete");
}

// What cannot be checked is not called wrong, and still spends no try before a person has looked again.
TEST(AccessNumber, APersonMayCompareWhatCannotBeChecked) {
    const auto compared = [](std::string_view digits) {
        AccessParts given = whole(digits);
        given.compared = true;
        return given;
    };
    EXPECT_EQ(result(compared("25050520281234"), 2028y / 9 / 30), "25050520281234");
    EXPECT_EQ(result(compared("55021820352285"), 2035y / 2 / 17), "55021820352285");
    // contradictions stay what they are
    EXPECT_EQ(result(compared("25050520291234"), 2028y / 9 / 30), "access_number_contradicts_card");
    EXPECT_EQ(result(compared("25133220281234"), 2028y / 9 / 30), "access_number_contradicts_card");
}

TEST(AccessNumber, TheTwentyNinthOfFebruary) {
    // born on 29 February 1984 (Showa 59)
    EXPECT_EQ(result(whole("59022920361234"), 2036y / 2 / 29), "59022920361234");
    EXPECT_EQ(result(whole("59022920351234"), 2035y / 2 / 28), "59022920351234");
    EXPECT_EQ(result(whole("59022920351234"), 2035y / 3 / 1), "59022920351234");
    EXPECT_EQ(result(whole("59022820351234"), 2035y / 2 / 28), "59022820351234");
    EXPECT_EQ(result(parts("59", "1234"), 2036y / 2 / 29), "59022920361234");
    // 28 or 29? Guessing would cost a try
    EXPECT_EQ(result(parts("59", "1234"), 2035y / 2 / 28), "access_number_incomplete");
    // no year 58 of any era had that day, so it is the 28th
    EXPECT_EQ(result(parts("58", "1234"), 2035y / 2 / 28), "58022820351234");
    // a leap year's expiry on the 28th is the 28th
    EXPECT_EQ(result(parts("59", "1234"), 2036y / 2 / 28), "59022820361234");
    // born on a 29th that never was
    EXPECT_EQ(result(whole("58022920351234"), 2035y / 2 / 28), "access_number_contradicts_card");
}

} // namespace
} // namespace kaomon::card::mynumber
