// VERIFY and what it costs.
#include "drivers/card/simulated/card.hpp"

#include <openssl/crypto.h>

namespace kaomon::card::simulated {
namespace {

constexpr StatusWord memory_failure{0x6581};

constexpr StatusWord left(std::uint8_t tries) {
    return {static_cast<std::uint16_t>(0x63C0U | tries)};
}

bool equal(ByteView a, ByteView b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace

Card::Answer Card::verify(const Command& command) {
    if (command.p1 != 0 || (command.p2 & 0xE0) != 0x80)
        return {sw::wrong_p1p2};
    if (const auto chosen = choose(static_cast<std::uint8_t>(command.p2 & 0x1F), FileKind::secret);
        chosen != sw::ok)
        return {chosen};
    File& secret = *file_;
    if (command.data.empty())
        return {verified(secret.id) ? sw::ok : left(secret.tries_left)};
    if (secret.tries_left == 0)
        return {sw::locked_my_number};

    forget(secret.id);
    const bool right = equal(secret.content, command.data);
    const std::uint8_t before = secret.tries_left;
    secret.tries_left = right ? secret.most_tries : static_cast<std::uint8_t>(before - 1);
    if (secret.tries_left != before && keep_ && !keep_(contents_)) {
        secret.tries_left = before; // not written: nothing happened
        return {memory_failure};
    }
    if (!right)
        return {left(secret.tries_left)};
    verified_.emplace_back(application_, secret.id);
    return {sw::ok};
}

} // namespace kaomon::card::simulated
