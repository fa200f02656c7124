// A public key as cards write it, of whatever kind; the kind says how it signs.
#pragma once

#include "drivers/card/mynumber/ec.hpp"
#include "drivers/card/mynumber/generation.hpp"
#include "drivers/card/mynumber/rsa.hpp"

#include <initializer_list>
#include <variant>

namespace kaomon::card::mynumber {

// Views into the bytes that were read.
class PublicKey {
  public:
    PublicKey(RsaKey key) : key_(key) {} // NOLINT: a key of a kind is a key
    PublicKey(EcKey key) : key_(key) {}  // NOLINT
    // 90 91 (RSA) or 86 (P-384). Reason: card_data_malformed.
    static Result<PublicKey> read(ByteView bytes);

    const SignatureScheme& scheme() const noexcept;
    // `block` is what the key's scheme signs (digest.hpp). Reentrant.
    bool verifies(ByteView signature, ByteView block) const;
    // Over the segments one after another, with the scheme's hash.
    bool verifies_message(ByteView signature, std::initializer_list<ByteView> segments) const;

  private:
    std::variant<RsaKey, EcKey> key_;
};

} // namespace kaomon::card::mynumber
