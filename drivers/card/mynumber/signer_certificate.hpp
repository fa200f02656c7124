// The card-verifiable certificate of the key that signs photo records (券面AP EF 0004; drivers/card/SPEC.md
// §5.1).
#pragma once

#include "drivers/card/mynumber/photo_record.hpp"
#include "drivers/card/mynumber/rsa.hpp"

namespace kaomon::card::mynumber {

struct SignerCertificate {
    KeyId issuer{};     // whose key signed it
    KeyId subject{};    // the certified key's own name
    RsaKey key;         // within the bytes that were read
    ByteView body;      // what is signed: the value of 5F4E
    ByteView signature; // 5F37

    // 7F21 { 5F4E { issuer 16, subject 16, key }, 5F37 signature }. Reason: card_data_malformed.
    static Result<SignerCertificate> read(ByteView bytes);

    // valid; invalid: the issuer's key is known and did not sign this; not_checked: nobody we trust has that
    // key id.
    Check check(const TrustStore& trust) const;
};

} // namespace kaomon::card::mynumber
