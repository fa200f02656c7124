// The counter of a key, read free of charge: a VERIFY without a body (drivers/card/SPEC.md §2).
#pragma once

#include "drivers/card/mynumber/file.hpp"

#include <optional>

namespace kaomon::card::mynumber {

struct Tries {
    // open: verified since the last reset; untold: the card keeps the count to itself; absent: no such key
    enum class State : std::uint8_t { counted, locked, open, untold, absent };
    State state = State::untold;
    std::uint8_t left = 0; // with counted (1..15); 0 with locked
};

// Makes the key file current and asks. The key's application must be current. Spends nothing.
// Reasons: card_error, the transport's.
Result<Tries> read_tries(CardTransaction& card, FileId key);

} // namespace kaomon::card::mynumber
