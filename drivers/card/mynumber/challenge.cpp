#include "drivers/card/mynumber/challenge.hpp"

#include <openssl/rand.h>

namespace kaomon::card::mynumber {
namespace {

constexpr std::size_t nonce_size = 32; // bytes

} // namespace

Result<Challenge> fresh_challenge() {
    std::array<std::uint8_t, nonce_size> nonce{};
    if (RAND_bytes(nonce.data(), static_cast<int>(nonce.size())) != 1)
        return fail(Reason::internal_error, "no random bytes for the challenge");
    const Digest digest = sha256({nonce});
    return Challenge{digest, digest_info(digest)};
}

} // namespace kaomon::card::mynumber
