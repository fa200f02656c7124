// RSA signatures with PKCS#1 v1.5 padding, and SHA-256: what the cards of this generation sign with.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"
#include "drivers/base/secret.hpp"

#include <array>
#include <initializer_list>

namespace kaomon::card::mynumber {

using Digest = std::array<std::uint8_t, 32>; // SHA-256

// Over the segments one after another. Reentrant.
Digest sha256(std::initializer_list<ByteView> segments);

struct RsaKey {
    ByteView modulus, exponent; // big endian, within the bytes that were read

    // 90 <exponent> 91 <modulus>, as cards write a public key. Reason: card_data_malformed (also for a
    // modulus that is not of 256..512 bytes or an exponent that is not odd and of 1..8 bytes).
    static Result<RsaKey> read(ByteView bytes);
    bool usable() const noexcept;

    // True where opening `signature` with this key gives exactly `digest_info`. Nothing may stand around it:
    // that is what keeps forged padding out. Reentrant.
    bool verifies(ByteView signature, ByteView digest_info) const;
};

// DigestInfo (RFC 8017, 9.2) of SHA-256 over one digest, 51 bytes; of three at once, as the photo record has
// it, 115 bytes (card.md 1.5: not a structure of any standard).
SecretBytes digest_info(const Digest& digest);
SecretBytes digest_info(const Digest& first, const Digest& second, const Digest& third);

} // namespace kaomon::card::mynumber
