// One exchange with a card, as it may be shown and kept: who asked for what and how it ended, never what a
// person typed and never what the card answered.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"
#include "drivers/card/status_word.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace kaomon::card::trace {

using Microseconds = std::chrono::microseconds;

struct Line {
    Microseconds at{};                    // since the first exchange
    Microseconds took{};                  // until the answer was there
    std::array<std::uint8_t, 4> header{}; // CLA INS P1 P2
    std::size_t data_bytes = 0;           // Nc
    std::string selected;       // data of a SELECT in hexadecimal (an AID or a file id); empty for all others
    std::uint32_t expected = 0; // Ne: 0 none, up to 65536
    std::size_t answer_bytes = 0;         // without the status word
    std::variant<StatusWord, Reason> end; // of the card, or why there was no answer
    friend bool operator==(const Line&, const Line&) = default;
};

inline constexpr std::size_t longest_line = 200; // bytes

// "+000123 345us 00A4040C 10 D3921000310001010100 le=0 -> 0 9000"; without a line end. Reentrant.
std::string print(const Line& line);
// Reads what print() wrote. Reason: card_data_malformed. Reentrant.
Result<Line> parse(std::string_view text);

// What may be kept of a command: its data only where it is a SELECT of at most 16 bytes. Reentrant. A command
// that is none (fewer than 4 bytes) becomes a line of zeros.
Line redact(ByteView command);

} // namespace kaomon::card::trace
