// A card read as the desk reads it, and what came of it in one line.
#pragma once

#include "drivers/base/secret.hpp"
#include "drivers/card/mynumber/sign_in_trust.hpp"
#include "drivers/card/mynumber/trust_store.hpp"

#include <optional>
#include <string>

namespace kaomon::cardtrace {

struct Visit {
    std::optional<SecretText> number; // 14 digits of verification number B; empty: the free data alone
    std::optional<SecretText> pin;    // of the sign-in key, after the face; empty: not tried
    card::mynumber::TrustStore trust;
    card::mynumber::SignInTrust sign_in_trust;
    Date today;
};

// One guarded VERIFY of each secret at most, at each of its counters, under the usual min_tries; the
// attributes of a genuine card are read and told to be valid. Nothing of the card's holder is in the line:
//   tries 10; sign_in_certificate_ends_soon 2026-12-23; face: signature valid, chip valid; attributes: valid;
//   pin: pin_accepted
// A visit that ends earlier has its reason in place of the rest. Reentrant.
std::string reading(card::CardTransaction& card, const Visit& visit);

} // namespace kaomon::cardtrace
