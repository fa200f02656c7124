// Where a report goes.
#pragma once

#include "tools/words/trouble.hpp"

#include <string>

namespace kaomon::command {

inline constexpr const char* to_stdout = "-"; // as the name of a file

// Trouble: cannot_write.
Outcome<void> write_report(const std::string& file, const std::string& text);

} // namespace kaomon::command
