#include "drivers/base/utf8.hpp"

#include <gtest/gtest.h>

namespace kaomon {
namespace {

TEST(PlainUtf8, TakesTextOfAnyScript) {
    for (const std::string_view good :
         {"", "ANNE-SOPHIE <b>&\"'", "見本\u3000花子", "●", "\u00A0", "𠮷野", "\U0010FFFF"})
        EXPECT_TRUE(is_plain_utf8(good)) << good;
}

TEST(PlainUtf8, RefusesWhatIsNoCharacterOrIsNotShown) {
    using namespace std::string_view_literals;
    for (const std::string_view bad :
         {"\x00"sv, "\x1F"sv, "\x7F"sv, "a\nb"sv, "\xC2\x85"sv /* C1 */, "\x80"sv,
          "\xC0\xAF"sv /* longer than needed */, "\xE0\x80\xAF"sv, "\xF0\x80\x80\xAF"sv,
          "\xED\xA0\x80"sv /* surrogate */, "\xF4\x90\x80\x80"sv /* beyond the last */,
          "\xE9\xBB"sv /* cut short */, "\xE9\x41\x92"sv, "\xFE"sv, "\xC1\x81"sv})
        EXPECT_FALSE(is_plain_utf8(bad)) << static_cast<int>(static_cast<unsigned char>(bad.front()));
}

} // namespace
} // namespace kaomon
