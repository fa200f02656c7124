// How far a long run is: a bar on a terminal, nothing elsewhere.
#pragma once

#include "drivers/base/clock.hpp"

#include <cstddef>
#include <string>

namespace kaomon::evaluate {

// "what  [#####.....] 1234/20000, 45 s left". Pure, reentrant. `passed` since the start.
std::string progress_line(const std::string& what, std::size_t done, std::size_t all, Milliseconds passed);

// Writes to standard error, at most ten times a second. Thread-bound.
class Progress {
  public:
    Progress(std::string what, std::size_t all);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress(); // takes the line away
    void at(std::size_t done);

  private:
    std::string what_;
    std::size_t all_;
    bool shown_; // standard error is a terminal
    Instant begun_, last_;
};

} // namespace kaomon::evaluate
