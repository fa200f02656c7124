// A trace in a file: a heading, then a line for each exchange.
#pragma once

#include "drivers/card/trace/line.hpp"
#include "tools/words/day.hpp"
#include "tools/words/trouble.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::cardtrace {

struct Recording {
    Date on{};
    std::string reader; // PC/SC name, which may hold a serial number of the reader, nothing of a card
    std::vector<card::trace::Line> lines;

    // Of a simulated card only: what it was issued as, so that a replay can issue it again, and what came of
    // reading it.
    std::string kind{};
    std::uint64_t seed = 0;
    std::string reading{};
};

inline constexpr std::size_t largest_recording = 1U << 20U; // bytes

std::string print(const Recording& recording);
// Word: recording_invalid, with the line.
Outcome<Recording> parse(std::string_view text);

} // namespace kaomon::cardtrace
