// Time that passes when a fuzz target says so: every SteadyClock::now() of the program, and Asio's timers
// with it.
#pragma once

#include "drivers/base/clock.hpp"

namespace boost::asio {
class io_context;
}

namespace kaomon::fuzz {

void restart_time(); // at the same moment before each execution
void pass(Milliseconds time);
// Runs what is due by now, and what follows from it.
void run_what_is_due(boost::asio::io_context& loop);

} // namespace kaomon::fuzz
