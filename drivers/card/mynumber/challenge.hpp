// A fresh nonce that the card is to sign.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/card/mynumber/digest.hpp"

namespace kaomon::card::mynumber {

struct Challenge {
    Digest digest;     // of 32 random bytes; the bytes themselves are not needed again
    SecretBytes block; // as COMPUTE DIGITAL SIGNATURE takes it (drivers/card/SPEC.md §2): 51 bytes
};

// Reason: internal_error (no random bytes). Reentrant.
Result<Challenge> fresh_challenge();

} // namespace kaomon::card::mynumber
