// One line to the log. Never a digit of a number, a name, a PIN, an image or a score: see result.hpp.
#pragma once

#include <string_view>

namespace kaomon {

enum class LogLevel : unsigned char { debug, info, warning, error };

// Thread-safe. Goes to standard error, with the priority prefix that journald reads when run as a service.
// Never waits for whoever reads it. Above a rate (log_rate.hpp), debug lines apart, lines are counted and not
// written.
void log(LogLevel level, std::string_view line);
void set_log_level(LogLevel lowest);

} // namespace kaomon
