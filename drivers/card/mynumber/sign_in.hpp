// The sign-in key of the card (JPKI authentication key): proves its holder's PIN and the card by signing our
// nonce.
#pragma once

#include "drivers/card/mynumber/generation.hpp"
#include "drivers/card/mynumber/photo_record.hpp"
#include "drivers/card/reader.hpp"

namespace kaomon::card::mynumber {

// After Guard::verify() with the PIN on the same transaction: the card signs a fresh nonce, and `certificate`
// (DER, as the free data have it) must verify it. valid or invalid; an unreadable certificate verifies
// nothing. Reasons: card_error, internal_error, the transport's.
Result<Check> challenge_sign_in(CardTransaction& card, ByteView certificate,
                                const Generation& generation = current_generation);

} // namespace kaomon::card::mynumber
