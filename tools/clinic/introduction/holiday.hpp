// Japan's national holidays, computed from the Act on National Holidays (国民の祝日に関する法律) as it stands
// since 2022.
#pragma once

#include "tools/words/day.hpp"

#include <optional>

namespace kaomon::introduction {

// The years for which the days below hold: before 2024 the Act moved holidays for single years, after 2050
// the formula of the equinoxes is not looked after here.
inline constexpr int first_year = 2024, last_year = 2050;

// The holiday's name, substitute (振替休日) and in-between (国民の休日) holidays included; nothing on other
// days. Years outside the range are computed by the same rules. Reentrant.
std::optional<Text> holiday(Date day);

} // namespace kaomon::introduction
