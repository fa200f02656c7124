// From the configuration to the card reader, and to what the desk demands of a card.
#pragma once

#include "daemon/config/config.hpp"
#include "daemon/visit/card_part.hpp"

namespace kaomon::wiring {

// Never fails: a service that is down is a state.
std::unique_ptr<card::Reader> make_reader(const config::Card& config);

card::mynumber::MinTries min_tries(const config::Card& config);

// The file of keys that had their VERIFY.
std::filesystem::path ledger_of(const config::Config& config);

// With the operator's trust store, the ledger of idempotency keys and the key by which cards are known again,
// all opened. `today` is Japan's. Reasons: trust_store_invalid, idempotency_ledger_unwritable,
// suspicion_unwritable.
Result<visit::CardPolicy> card_policy(const config::Config& config);

} // namespace kaomon::wiring
