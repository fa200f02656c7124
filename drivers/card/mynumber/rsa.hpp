// RSA signatures with PKCS#1 v1.5 padding: what the cards of today sign with.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"

#include <initializer_list>

namespace kaomon::card::mynumber {

struct RsaKey {
    ByteView modulus, exponent; // big endian, within the bytes that were read

    // 90 <exponent> 91 <modulus>, as cards write a public key. Reason: card_data_malformed (also for a
    // modulus that is not of 256..512 bytes or an exponent that is not odd and of 1..8 bytes).
    static Result<RsaKey> read(ByteView bytes);
    bool usable() const noexcept;

    // True where opening `signature` with this key gives exactly `block`. Nothing may stand around it:
    // that is what keeps forged padding out. Reentrant.
    bool verifies(ByteView signature, ByteView block) const;
    // Over the segments one after another, by SHA-256 and its DigestInfo. Reentrant.
    bool verifies_message(ByteView signature, std::initializer_list<ByteView> segments) const;
};

} // namespace kaomon::card::mynumber
