// The applications of a card, told apart by their identifiers (AID), never by the answer to reset.
#pragma once

#include "drivers/card/exchange.hpp"
#include "drivers/card/mynumber/generation.hpp"

namespace kaomon::card::mynumber {

// Makes an application current. True: the card has it. False: it answered with any other status word.
// Reasons: the transport's.
Result<bool> select_application(CardTransaction& card, ByteView aid);

} // namespace kaomon::card::mynumber
