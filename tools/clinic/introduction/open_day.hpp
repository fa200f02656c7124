// The days on which a public office is open.
#pragma once

#include "tools/words/day.hpp"

namespace kaomon::introduction {

// Saturday, Sunday, a national holiday, or 29 December to 3 January (行政機関の休日に関する法律, article 1).
// Reentrant.
bool is_closed(Date day);

// Where a date moves that falls on a closed day.
enum class Shift : unsigned char { previous, next };
// The day itself where it is open. Reentrant.
Date open_day(Date day, Shift shift);
Date first_open_day(Month month);
int open_days(Date from, Date to); // both counted

} // namespace kaomon::introduction
