// A fresh nonce that the card is to sign.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/card/mynumber/digest.hpp"

namespace kaomon::card::mynumber {

struct Challenge {
    Bytes digest;      // of 32 random bytes, by the scheme's hash; the bytes themselves are not needed again
    SecretBytes block; // as COMPUTE DIGITAL SIGNATURE takes it (card.md 1.2): 51 bytes for RSA, 48 for P-384
};

// Reason: internal_error (no random bytes). Reentrant.
Result<Challenge> fresh_challenge(const SignatureScheme& scheme);

} // namespace kaomon::card::mynumber
