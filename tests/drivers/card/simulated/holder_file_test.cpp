#include "drivers/card/simulated/holder.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::simulated {
namespace {

TEST(HolderFile, EmptyIsTheDefaultPerson) {
    const auto holder = parse_holder("", "holder.toml");
    ASSERT_TRUE(holder);
    EXPECT_EQ(holder->name, "見本\u3000花子");
    EXPECT_EQ(holder->sign_in_pin, "1234");
}

TEST(HolderFile, EveryKeyIsTaken) {
    const auto holder = parse_holder(R"(name = "試験　太郎"
address = "どこか"
birth_date = 1980-02-17
card_expiry = "2035-02-17"
sex = "male"
security_code = "2285"
sign_in_pin = "9876"
text_pin = "5555"
sign_password = "ABCDEF"
municipality = "13221")",
                                     "holder.toml");
    ASSERT_TRUE(holder) << holder.error().detail;
    EXPECT_EQ(holder->name, "試験　太郎");
    EXPECT_EQ(holder->sex, Sex::male);
    EXPECT_EQ(access_number(*holder), "55021720352285");
    EXPECT_EQ(holder->sign_in_pin + holder->text_pin + holder->sign_password + holder->municipality,
              "98765555ABCDEF13221");
}

TEST(HolderFile, ErrorsNameLineAndKey) {
    const auto said = [](std::string_view toml) {
        const auto holder = parse_holder(toml, "h.toml");
        if (holder)
            return std::string("accepted");
        EXPECT_EQ(holder.error().reason, Reason::config_invalid);
        return holder.error().detail;
    };
    EXPECT_EQ(said("\nsign_in_pin = \"12345\""), "h.toml:2: sign_in_pin: four digits in quotes");
    EXPECT_EQ(said("sign_in_pin = 1234"), "h.toml:1: sign_in_pin: four digits in quotes");
    EXPECT_EQ(said("birth_date = \"1980-02-30\""), "h.toml:1: birth_date: a date, YYYY-MM-DD");
    EXPECT_EQ(said("birth_date = 17"), "h.toml:1: birth_date: a date, YYYY-MM-DD");
    EXPECT_EQ(said("sex = \"3\""), "h.toml:1: sex: \"male\", \"female\" or \"not_applicable\"");
    EXPECT_EQ(said("sign_password = \"abc123\""), "h.toml:1: sign_password: 6 to 16 of A-Z and 0-9");
    EXPECT_NE(said("nickname = \"x\"").find("h.toml:1: nickname: no such key"), std::string::npos);
    EXPECT_NE(said("name = ").find("h.toml:1: "), std::string::npos);
    EXPECT_EQ(said(std::string(20000, '#')), "h.toml: more than 16 KiB");
    EXPECT_TRUE(said("[").starts_with("h.toml:1"));
    EXPECT_TRUE(said("見 = 1").starts_with("h.toml:1"));
    EXPECT_FALSE(load_holder("/nowhere/holder.toml"));
}

} // namespace
} // namespace kaomon::card::simulated
