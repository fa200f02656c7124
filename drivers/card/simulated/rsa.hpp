// RSA-2048 as these cards use it: PKCS#1 v1.5, exponent 65537.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"
#include "drivers/base/secret.hpp"

#include <array>
#include <memory>
#include <optional>

struct evp_pkey_st; // OpenSSL

namespace kaomon::card::simulated {

using Sha256 = std::array<std::uint8_t, 32>;
Sha256 sha256(ByteView bytes);
// DigestInfo (PKCS#1 9.2) of a SHA-256: 51 bytes.
Bytes digest_info(const Sha256& hash);

// Reentrant; copies share the key.
class RsaKey {
  public:
    static Result<RsaKey> generate();
    static std::optional<RsaKey> from_pkcs8(ByteView der);
    SecretBytes to_pkcs8() const;

    // The card's own form of a public key (card.md 1.4): 90 03 010001, 91 82 0100 <modulus>; 265 bytes.
    Bytes public_object() const;
    Bytes modulus() const; // 256 bytes

    // Signs the bytes as they are behind PKCS#1 v1.5 padding of type 1; 1..245 bytes, else empty.
    std::optional<Bytes> sign_padded(ByteView block) const;
    // sha256WithRSA.
    Bytes sign(ByteView message) const;

    evp_pkey_st* get() const noexcept { return key_.get(); }

  private:
    explicit RsaKey(evp_pkey_st* key);
    std::shared_ptr<evp_pkey_st> key_;
};

} // namespace kaomon::card::simulated
