// Digests, and the DigestInfo that a card's RSA key signs.
#pragma once

#include "drivers/base/secret.hpp"

#include <array>
#include <initializer_list>
#include <span>

namespace kaomon::card::mynumber {

using Digest = std::array<std::uint8_t, 32>; // SHA-256

// Over the segments one after another. Reentrant.
Digest sha256(std::initializer_list<ByteView> segments);
// What is signed for one digest (RFC 8017, 9.2: 51 bytes), and for the three of the photo record
// (drivers/card/SPEC.md §5.3, of no standard: 115 bytes).
SecretBytes digest_info(const Digest& digest);
SecretBytes digest_info(std::span<const Digest, 3> digests);

} // namespace kaomon::card::mynumber
