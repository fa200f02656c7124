// Ed25519 (RFC 8032) through OpenSSL, and the names RFC 8037 gives its keys.
#pragma once

#include "drivers/base/secret.hpp"

#include <openssl/types.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kaomon::result {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

struct FreeKey {
    void operator()(EVP_PKEY* key) const noexcept;
};
using KeyHandle = std::unique_ptr<EVP_PKEY, FreeKey>; // OpenSSL wipes a private key when it frees it

KeyHandle make_key();                                     // null if OpenSSL cannot
KeyHandle key_from_seed(ByteView seed);                   // 32 bytes, the "d" of RFC 8037; null otherwise
std::optional<PublicKey> public_key(const EVP_PKEY* key); // empty unless the key is Ed25519

// What a device keeps of its key is the seed, in locked memory: OpenSSL has a copy only while it works with
// it, and wipes that.
SecretBytes make_seed();                               // 32 bytes; empty if OpenSSL cannot
std::optional<PublicKey> public_key_of(ByteView seed); // empty unless it is a seed

// Reentrant, also over one key. Empty only when OpenSSL is out of memory.
std::optional<Signature> sign(EVP_PKEY* key, std::string_view message);
std::optional<Signature> sign_with_seed(ByteView seed, std::string_view message); // or it is no seed
bool verify(const PublicKey& key, std::string_view message, ByteView signature);

// RFC 7638 over the members RFC 8037 section 2 names.
std::string thumbprint(const PublicKey& key);

} // namespace kaomon::result
