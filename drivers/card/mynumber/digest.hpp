// Digests, and the block that a key of a kind signs.
#pragma once

#include "drivers/base/secret.hpp"
#include "drivers/card/mynumber/generation.hpp"

#include <array>
#include <initializer_list>
#include <span>

namespace kaomon::card::mynumber {

using Digest = std::array<std::uint8_t, 32>; // SHA-256

// Over the segments one after another. Reentrant.
Digest sha256(std::initializer_list<ByteView> segments);
// The same with the hash of a scheme: 32 or 48 bytes.
Bytes digest_of(Hash hash, std::initializer_list<ByteView> segments);

// What the key signs for one digest, and for the three of the photo record (card.md 1.5): for RSA a
// DigestInfo of 51 and 115 bytes, for P-384 a digest of 48 bytes.
SecretBytes block_of(const SignatureScheme& scheme, ByteView digest);
SecretBytes block_of(const SignatureScheme& scheme, std::span<const Bytes, 3> digests);

} // namespace kaomon::card::mynumber
