#include "drivers/card/mynumber/birthday.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::mynumber {
namespace {

using namespace std::chrono_literals;
using std::chrono::April;
using std::chrono::December;
using std::chrono::February;
using std::chrono::January;
using std::chrono::May;

constexpr Date today = 2026y / 11 / 23;

TEST(EraBirthday, AtTheEdgesOfTheEras) {
    EXPECT_TRUE(is_era_birthday(64, January / 7, today));  // Showa's last day
    EXPECT_FALSE(is_era_birthday(64, January / 8, today)); // Heisei had no 64
    EXPECT_TRUE(is_era_birthday(31, April / 30, today));   // Heisei's last day
    EXPECT_TRUE(is_era_birthday(8, December / 31, today)); // Showa 8, Heisei 8; Reiwa's is still to come
    EXPECT_FALSE(is_era_birthday(0, May / 1, today));
    EXPECT_FALSE(is_era_birthday(-1, May / 1, today));
    EXPECT_FALSE(is_era_birthday(65, May / 1, today));
}

TEST(WesternBirthday, OfThisCenturyOrTheLast) {
    EXPECT_TRUE(is_western_birthday(99, May / 1, today));
    EXPECT_TRUE(is_western_birthday(0, February / 29, today));   // 2000
    EXPECT_FALSE(is_western_birthday(99, February / 29, today)); // neither 1999 nor 2099
    EXPECT_TRUE(is_western_birthday(27, May / 1, today));        // 1927
}

TEST(ExpiresOnBirthday, DayByDay) {
    EXPECT_TRUE(expires_on_birthday(May / 5, 2035y / 5 / 5));
    EXPECT_FALSE(expires_on_birthday(May / 5, 2035y / 5 / 6));
    EXPECT_FALSE(expires_on_birthday(February / 29, 2036y / 2 / 28)); // 2036 has the day itself
    EXPECT_TRUE(expires_on_birthday(February / 29, 2035y / 2 / 28));
}

} // namespace
} // namespace kaomon::card::mynumber
