// A key of a card: RSA-2048 with PKCS#1 v1.5 padding, or P-384 (the table of
// drivers/card/mynumber/generation.hpp says which).
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"
#include "drivers/base/secret.hpp"
#include "drivers/card/mynumber/generation.hpp"

#include <memory>
#include <optional>

struct evp_pkey_st; // OpenSSL

namespace kaomon::card::simulated {

using mynumber::KeyKind;

// Reentrant; copies share the key.
class CardKey {
  public:
    // Fresh, from the system's random numbers. key_maker.hpp makes repeatable ones.
    static Result<CardKey> generate(KeyKind kind = KeyKind::rsa);
    static std::optional<CardKey> from_pkcs8(ByteView der);
    explicit CardKey(evp_pkey_st* key); // takes it over; must be of one of the two kinds
    SecretBytes to_pkcs8() const;

    KeyKind kind() const noexcept;
    const mynumber::SignatureScheme& scheme() const noexcept { return mynumber::scheme_of(kind()); }
    // The card's own form of a public key: 90 03 010001, 91 82 0100 <modulus> (card.md 1.4), 265 bytes; or 86
    // 61 <point>, 99 bytes.
    Bytes public_object() const;
    Bytes modulus() const; // RSA: 256 bytes; else empty
    Bytes point() const;   // P-384: 04, x, y, 97 bytes; else empty

    // Signs the block as the kind's scheme has it: RSA pads 1..245 bytes, P-384 takes a digest of 48. Empty
    // for another size.
    std::optional<Bytes> sign_block(ByteView block) const;
    // The scheme's hash over the message, and its block.
    Bytes sign(ByteView message) const;

    evp_pkey_st* get() const noexcept { return key_.get(); }

  private:
    std::shared_ptr<evp_pkey_st> key_;
};

} // namespace kaomon::card::simulated
