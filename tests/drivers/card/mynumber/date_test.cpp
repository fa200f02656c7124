#include "drivers/card/mynumber/certificate_end.hpp"
#include "drivers/card/mynumber/date.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace kaomon::card::mynumber {
namespace {

using namespace std::chrono_literals;

std::optional<Date> date(std::string_view text) {
    return read_date(Bytes(text.begin(), text.end()));
}

TEST(ReadDate, OnlyDaysOfTheCalendar) {
    EXPECT_EQ(date("20350217"), 2035y / 2 / 17);
    EXPECT_EQ(date("20360229"), 2036y / 2 / 29);
    for (const char* text :
         {"", "2035021", "203502170", "20350229", "20351301", "20350100", "2035-2-1", "        "}) {
        EXPECT_FALSE(date(text)) << text;
    }
}

TEST(NumberOfDigits, DigitsOnly) {
    EXPECT_EQ(number_of_digits(Bytes{'0', '7'}), 7);
    EXPECT_FALSE(number_of_digits(Bytes{}));
    EXPECT_FALSE(number_of_digits(Bytes{'1', ' '}));
    EXPECT_FALSE(number_of_digits(Bytes(10, '9')));
}

TEST(CertificateEnd, NonsenseHasNone) {
    EXPECT_FALSE(certificate_end({}));
    EXPECT_FALSE(certificate_end(Bytes{0x30, 0x82, 0xFF, 0xFF}));
    EXPECT_FALSE(certificate_end(Bytes(1500, 0x30)));
}

} // namespace
} // namespace kaomon::card::mynumber
