// The simulated issuer's own authority: whose key the operator of a demo puts into the trust store.
#pragma once

#include "drivers/card/simulated/rsa.hpp"

#include <array>
#include <string>
#include <string_view>

namespace kaomon::card::simulated {

using KeyId = std::array<std::uint8_t, 16>;

// A key id by the layout of card.md 1.5: 7 ASCII digits, 08 05, 3 ASCII digits, 4 more bytes. The first digit
// is 9: neither production (5) nor J-LIS test (6). The last four bytes are of the key's own hash, so that two
// simulated authorities in one trust store are two.
KeyId key_id_of(const RsaKey& key, std::string_view digits, std::string_view serial);

// Reentrant.
class Authority {
  public:
    static Result<Authority> generate();

    const KeyId& id() const noexcept { return id_; }
    const RsaKey& key() const noexcept { return key_; }

    // The CV certificate of a record-signing key: 7F21 { 5F4E body, 5F37 signature }, 568 bytes.
    SecretBytes certify(const RsaKey& subject) const;
    // [[key]] with id, modulus, exponent, provenance: a file for the daemon's trust store.
    std::string trust_file() const;

  private:
    explicit Authority(RsaKey key);
    RsaKey key_;
    KeyId id_;
};

} // namespace kaomon::card::simulated
