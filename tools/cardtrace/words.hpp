// An exchange with a card in words: what was asked, what was answered.
#pragma once

#include "drivers/card/trace/line.hpp"
#include "tools/words/language.hpp"

#include <string>

namespace kaomon::cardtrace {

// Follows which application and which file is the current one: only then a VERIFY or a READ BINARY has a
// name. Thread-bound.
class Interpreter {
  public:
    // In the order of the trace.
    Text command(const card::trace::Line& line);

  private:
    std::string application_, file_; // hexadecimal, as selected
};

Text status(const card::trace::Line& line);

} // namespace kaomon::cardtrace
