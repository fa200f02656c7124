// Days as the card writes them: eight ASCII digits YYYYMMDD.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/clock.hpp"

#include <optional>

namespace kaomon::card::mynumber {

// The number that ASCII digits stand for; empty where a byte is none. At most 9 digits.
std::optional<int> number_of_digits(ByteView digits) noexcept;

// Empty where the eight bytes are no day of the calendar.
std::optional<Date> read_date(ByteView digits) noexcept;

} // namespace kaomon::card::mynumber
