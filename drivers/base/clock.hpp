// Time as it is used here: Instant for waiting and measuring (never set back), Date for what stands on a
// card.
#pragma once

#include <chrono>

namespace kaomon {

using SteadyClock = std::chrono::steady_clock; // CLOCK_MONOTONIC: the clock of V4L2 buffer timestamps too
using Instant = SteadyClock::time_point;
using Milliseconds = std::chrono::milliseconds;
using Date = std::chrono::year_month_day;

} // namespace kaomon
