#include "drivers/card/mynumber/challenge.hpp"

#include <openssl/rand.h>

namespace kaomon::card::mynumber {
namespace {

constexpr std::size_t nonce_size = 32; // bytes

} // namespace

Result<Challenge> fresh_challenge(const SignatureScheme& scheme) {
    std::array<std::uint8_t, nonce_size> nonce{};
    if (RAND_bytes(nonce.data(), static_cast<int>(nonce.size())) != 1)
        return fail(Reason::internal_error, "no random bytes for the challenge");
    Bytes digest = digest_of(scheme.hash, {nonce});
    SecretBytes block = block_of(scheme, digest);
    return Challenge{std::move(digest), std::move(block)};
}

} // namespace kaomon::card::mynumber
