// One command and its whole answer, over what T=0 leaves open: 61xx (more waits) and 6Cxx (ask with this
// length).
#pragma once

#include "drivers/card/apdu.hpp"
#include "drivers/card/reader.hpp"

namespace kaomon::card {

// Sends `command`. 61xx is followed by GET RESPONSE until all data are here; 6Cxx repeats a command that asks
// for data, with the length the card names, once. A command that tries a secret (VERIFY, CHANGE REFERENCE
// DATA, RESET RETRY COUNTER) leaves exactly once, whatever the card answers. At most 65536 bytes of data.
// Reasons: card_error (no status word, an answer without end), and the transport's. Reentrant.
Result<Response> exchange(CardTransaction& card, const Command& command);

} // namespace kaomon::card
