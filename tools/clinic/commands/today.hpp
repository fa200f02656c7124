// Which day it is, for the commands of the clinic's office.
#pragma once

#include "tools/words/day.hpp"
#include "tools/words/trouble.hpp"

namespace kaomon::clinic {

// The newest data of this program were collected then: no clock that is right shows an earlier day.
Date collected_day();

// `text`: of an option, YYYY-MM-DD. Word: impossible_day.
Outcome<Date> day_of(const std::string& text, const char* option);
// Of --today; empty: by the clock, in Japan. Words: impossible_day, clock_wrong (earlier than
// collected_day()).
Outcome<Date> today_of(const std::string& text);

} // namespace kaomon::clinic
