// A fresh nonce that the card is to sign.
#pragma once

#include "drivers/card/mynumber/rsa.hpp"

namespace kaomon::card::mynumber {

struct Challenge {
    Digest digest{};         // SHA-256 of 32 random bytes; the bytes themselves are not needed again
    SecretBytes digest_info; // 51 bytes, as COMPUTE DIGITAL SIGNATURE takes it (card.md 1.2)
};

// Reason: internal_error (no random bytes). Reentrant.
Result<Challenge> fresh_challenge();

} // namespace kaomon::card::mynumber
