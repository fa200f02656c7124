// The counter of a key, read free of charge: a VERIFY without a body (card.md 1.2).
#pragma once

#include "drivers/card/mynumber/file.hpp"

#include <optional>

namespace kaomon::card::mynumber {

inline constexpr FileId access_number_key = 0x0012; // 券面AP: opened by verification number B

struct Tries {
    enum class State : std::uint8_t { counted, locked, open, untold };
    State state =
        State::untold;     // open: verified since the last reset; untold: the card keeps the count to itself
    std::uint8_t left = 0; // with counted (1..15); 0 with locked
};

// Makes the key file current and asks. The face-check application must be current. Spends nothing.
// Reasons: card_error, the transport's.
Result<Tries> read_tries(CardTransaction& card, FileId key);

} // namespace kaomon::card::mynumber
