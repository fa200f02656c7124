// A key of a card: RSA-2048 with PKCS#1 v1.5 padding.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"
#include "drivers/base/secret.hpp"

#include <memory>
#include <optional>

struct evp_pkey_st; // OpenSSL

namespace kaomon::card::simulated {

inline constexpr std::size_t modulus_size = 256; // bytes, and those of a signature

// Reentrant; copies share the key.
class CardKey {
  public:
    static std::optional<CardKey> from_pkcs8(ByteView der);
    explicit CardKey(evp_pkey_st* key); // takes it over
    SecretBytes to_pkcs8() const;

    // The card's own form of a public key: 90 03 010001, 91 82 0100 <modulus> (drivers/card/SPEC.md §4), 265
    // bytes.
    Bytes public_object() const;
    Bytes modulus() const; // 256 bytes

    // Pads and signs 1..245 bytes. Empty for another size.
    std::optional<Bytes> sign_block(ByteView block) const;
    // SHA-256 over the message, as DigestInfo.
    Bytes sign(ByteView message) const;

    evp_pkey_st* get() const noexcept { return key_.get(); }

  private:
    std::shared_ptr<evp_pkey_st> key_;
};

} // namespace kaomon::card::simulated
