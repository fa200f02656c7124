// Calendar days as the tools read and write them. All functions are reentrant, today_in_japan() aside from
// the clock it reads.
#pragma once

#include "drivers/base/clock.hpp"
#include "tools/words/language.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kaomon {

using Month = std::chrono::year_month;

// "2027-04-01", "2027-04": nothing else, and only days that exist, years 1900..2199.
std::optional<Date> parse_day(std::string_view text);
std::optional<Month> parse_month(std::string_view text);
// As people write it too: "令和9年4月", "R9.4", "２０２７年４月", "2027/4".
std::optional<Month> read_month(std::string_view text);

std::string iso(Date day);    // "2027-04-01"
std::string iso(Month month); // "2027-04"

// "2027年4月1日（木）", "Thu 1 April 2027"; "2027年4月", "April 2027".
std::string day_text(Language language, Date day);
std::string month_text(Language language, Month month);
Text day_text(Date day); // in both languages
Text month_text(Month month);

int days_between(Date from, Date to); // negative where `to` is earlier
Date add_days(Date day, int days);

// By this machine's clock, in Japan (UTC+9, no summer time).
Date today_in_japan();

} // namespace kaomon
