// What two digits of a year and a day can mean as a birthday, and how it hangs together with the card's
// expiry.
//
// A card ends on its holder's birthday (drivers/card/SPEC.md §7), so the chip tells month and day of birth
// for nothing. Two exceptions, which the chip's free data cannot tell apart from a wrong digit, are decided
// as follows:
//   29 February: in a common year the expiry stands for it as 28 February or 1 March. Both are taken as that
//   birthday. Whoever gives the two parts only, with an expiry of 28 February and a year that was a leap
//   year, is asked for all 14 digits: 28 and 29 cannot be told apart, and guessing would cost a try. Period
//   of stay: a foreign resident's card may end with the permission to stay instead of on the birthday, and
//   the birth date is then printed in the Western calendar (last two digits of the year). A year that is no
//   era year of today's holders (00, 65..99) can only be such a print, so its day is not held against the
//   expiry. A year that can be either (01..64) may be such a print or a slip of the hand: the number is not
//   called wrong, it cannot be checked, and goes to the card only when a person has compared it with the
//   card's face and sends it once more. Permanent residents' cards end on the birthday: with all 14 digits
//   their Western year is taken like an era year.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/clock.hpp"

namespace kaomon::card::mynumber {

using MonthDay = std::chrono::month_day;

// A year that some era of today's holders has: Taisho 1..15, Showa 1..64, Heisei 1..31, Reiwa 1 to this year.
bool is_era_year(int year) noexcept;

// Some day of an era fits: within the era, in the calendar, not after `today`, at most 125 years ago.
bool is_era_birthday(int year, MonthDay day, Date today) noexcept;

// The same for the last two digits of a Western year.
bool is_western_birthday(int year, MonthDay day, Date today) noexcept;

bool expires_on_birthday(MonthDay birthday, Date expiry) noexcept;

// Six ASCII digits, year of some era or of the century, month and day, are that birth date's.
bool is_birth_code(ByteView six_digits, Date birth) noexcept;

// The expiry of 28 February in a common year may stand for a birthday on the 29th in this era year.
bool may_be_leap_day(int era_year, Date expiry, Date today) noexcept;

} // namespace kaomon::card::mynumber
