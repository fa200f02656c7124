#include "drivers/card/mynumber/birthday.hpp"

#include "drivers/card/mynumber/date.hpp"

#include <algorithm>
#include <array>

namespace kaomon::card::mynumber {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

struct Era {
    Date first, last; // days of the era
    int year_zero;    // Western year = year_zero + era year
};
// Days on which the eras began and ended, as the Cabinet Orders fixed them; the last one has no end yet.
constexpr std::array<Era, 4> eras{{{1912y / 7 / 30, 1926y / 12 / 24, 1911},
                                   {1926y / 12 / 25, 1989y / 1 / 7, 1925},
                                   {1989y / 1 / 8, 2019y / 4 / 30, 1988},
                                   {2019y / 5 / 1, 9999y / 12 / 31, 2018}}};
constexpr int longest_life = 125; // years, rounded up from the oldest person on record (122)
constexpr MonthDay leap_day = std::chrono::February / 29;

bool of_the_living(Date birth, Date today) noexcept {
    return birth.ok() && sys_days{birth} <= sys_days{today} &&
           static_cast<int>(today.year()) - static_cast<int>(birth.year()) <= longest_life;
}

Date on(int western_year, MonthDay day) noexcept {
    return {std::chrono::year{western_year}, day.month(), day.day()};
}

} // namespace

bool is_era_year(int year) noexcept {
    return year >= 1 && year <= 64;
}

bool is_era_birthday(int year, MonthDay day, Date today) noexcept {
    for (const Era& era : eras) {
        const Date birth = on(era.year_zero + year, day);
        if (year >= 1 && of_the_living(birth, today) && birth >= era.first && birth <= era.last)
            return true;
    }
    return false;
}

bool is_western_birthday(int year, MonthDay day, Date today) noexcept {
    return of_the_living(on(1900 + year, day), today) || of_the_living(on(2000 + year, day), today);
}

bool expires_on_birthday(MonthDay birthday, Date expiry) noexcept {
    const MonthDay end{expiry.month(), expiry.day()};
    if (birthday == end)
        return true;
    const bool stands_for_leap_day = end == std::chrono::February / 28 || end == std::chrono::March / 1;
    return birthday == leap_day && !expiry.year().is_leap() && stands_for_leap_day;
}

bool is_birth_code(ByteView six_digits, Date birth) noexcept {
    const auto two = [&](std::size_t at) { return number_of_digits(six_digits.subspan(at, 2)).value_or(-1); };
    if (six_digits.size() != 6 || two(2) != static_cast<int>(static_cast<unsigned>(birth.month())) ||
        two(4) != static_cast<int>(static_cast<unsigned>(birth.day())))
        return false;
    const int western = static_cast<int>(birth.year());
    return two(0) == western % 100 || std::ranges::any_of(eras, [&](const Era& era) {
               return birth >= era.first && birth <= era.last && western == era.year_zero + two(0);
           });
}

bool may_be_leap_day(int era_year, Date expiry, Date today) noexcept {
    const MonthDay end{expiry.month(), expiry.day()};
    return end == std::chrono::February / 28 && !expiry.year().is_leap() &&
           is_era_birthday(era_year, leap_day, today);
}

} // namespace kaomon::card::mynumber
