// Which edition of the calendar was given out last: calendar.json in the clinic's folder. A calendar program
// takes what is new by it (RFC 5546, 2.1.5).
#pragma once

#include "tools/words/trouble.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kaomon::introduction {

struct Edition {
    std::uint32_t sequence = 0; // rises with every change of the contents; at most 2^31 - 1 (RFC 5545, 3.3.8)
    std::chrono::sys_seconds made{}; // when these contents were first given out
    std::uint64_t contents = 0;      // FNV-1a of them
    friend bool operator==(const Edition&, const Edition&) = default;
};

inline constexpr const char* edition_file = "calendar.json";

// `last` itself where the contents are the same. Rises also where the last edition is not known any more: it
// begins with the minutes of the clock. Reentrant.
Edition next_edition(const std::optional<Edition>& last, std::string_view contents,
                     std::chrono::sys_seconds now);

std::string print(const Edition& edition);
// Word: record_invalid. Reentrant.
Outcome<Edition> parse_edition(std::string_view json);

} // namespace kaomon::introduction
