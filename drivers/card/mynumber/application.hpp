// The applications of a card, told apart by their identifiers (AID), never by the answer to reset.
#pragma once

#include "drivers/card/exchange.hpp"
#include "drivers/card/mynumber/generation.hpp"

namespace kaomon::card::mynumber {

// Makes an application current. True: the card has it. False: it says that it has not (6A82, 6A83, 6A88) or
// knows no such command (6D00, 6E00). Reasons: card_error for every other status word, the transport's.
Result<bool> select_application(CardTransaction& card, ByteView aid);

} // namespace kaomon::card::mynumber
