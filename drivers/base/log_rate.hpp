// How much may be written to the log: whoever makes a program write lines must not fill a disk with them.
#pragma once

#include "drivers/base/clock.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace kaomon {

// For each topic so many lines at once, then so many a second; the rest is counted and not written. Pure.
// Thread-bound.
class LogRate {
  public:
    static constexpr double at_once = 100, a_second = 10; // a visit writes under 20 lines
    static constexpr std::size_t most_topics = 32;        // the programs have a dozen; all others share one

    struct Pass {
        bool write = true;
        std::size_t left_out = 0; // with write: lines of this topic since the last one that was written
    };
    Pass admit(std::string_view topic, Instant now);

  private:
    struct Budget {
        double lines = at_once;
        Instant filled;
        std::size_t left_out = 0;
    };
    std::map<std::string, Budget, std::less<>> topics_;
};

// What a line is about: its first word, 24 characters at most.
std::string_view topic_of(std::string_view line) noexcept;

} // namespace kaomon
