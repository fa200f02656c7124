// ECDSA signatures on P-384: what the announced generation of cards signs with (card.md 1.12).
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"

namespace kaomon::card::mynumber {

struct EcKey {
    ByteView point; // uncompressed: 04, x, y; 97 bytes, within the bytes that were read

    // 86 <point> (ISO/IEC 7816-8, table 3): a guess of ours for the card. Reason: card_data_malformed (also
    // for a point that is not on the curve).
    static Result<EcKey> read(ByteView bytes);
    bool usable() const noexcept;

    // `signature`: r and s, 48 bytes each; over a digest of 48 bytes. Reentrant.
    bool verifies(ByteView signature, ByteView digest) const;
};

// r and s as the ECDSA-Sig-Value of X.509 and OpenSSL (RFC 3279, 2.2.3). Empty for another size than 96
// bytes.
Bytes ecdsa_der(ByteView plain);

} // namespace kaomon::card::mynumber
