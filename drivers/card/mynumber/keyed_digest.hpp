// HMAC-SHA-256 (RFC 2104, FIPS 198-1), and the keys it is made with as files of ours hold them.
#pragma once

#include "drivers/base/secret.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kaomon::card::mynumber {

inline constexpr std::size_t digest_key_size =
    32; // bytes: the digest's own length, as RFC 2104 §3 recommends

using KeyedDigest = std::array<std::uint8_t, 32>;

SecretBytes random_digest_key();
// Of 64 lower-case hexadecimal digits; empty for anything else. Reentrant.
std::optional<SecretBytes> digest_key_of(std::string_view digits);
// `kind` goes before the bytes, so that no kind's digest is another's. Reentrant.
KeyedDigest keyed_digest(const SecretBytes& key, std::uint8_t kind, ByteView bytes);

} // namespace kaomon::card::mynumber
