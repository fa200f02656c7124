// The guard of the card's tries: the only place from which a VERIFY leaves.
#pragma once

#include "drivers/card/mynumber/access_number.hpp"
#include "drivers/card/mynumber/generation.hpp"
#include "drivers/card/mynumber/idempotency.hpp"
#include "drivers/card/mynumber/pin.hpp"

#include <cstdint>
#include <optional>

namespace kaomon::card::mynumber {

struct Verified {
    std::uint8_t tries_left = 0; // before the VERIFY, as the card told
};

// Fewest tries that must be left before a VERIFY; set by the operator. The default of the PIN leaves the last
// of its 3 tries to the holder.
struct MinTries {
    std::uint8_t access_number = 6; // 1..10
    std::uint8_t pin = 2;           // 1..3
};

// Of the reasons of verify(): a wrong number or PIN, and its try is spent. Reentrant.
constexpr bool is_wrong_secret(Reason why) noexcept {
    return why == Reason::access_number_wrong || why == Reason::pin_wrong;
}

// Thread-bound to the card thread; one for the life of the daemon, over all cards and sessions.
class Guard {
  public:
    explicit Guard(MinTries min_tries, IdempotencyLedger ledger = {})
        : floors_(min_tries), ledger_(std::move(ledger)) {}
    explicit Guard(std::uint8_t floor) : Guard(MinTries{floor, MinTries{}.pin}) {} // of the access number

    // Reads the tries from the card (never from our own count), compares with the floor, spends the key,
    // sends one VERIFY. Nothing is repeated. Reasons: idempotency_key_used, tries_below_minimum, card_locked,
    // access_number_wrong (with `tries_left()` telling what the card answered),
    // idempotency_ledger_unwritable, card_error, and the transport's.
    Result<Verified> verify(CardTransaction& card, const AccessNumber& number, IdempotencyKey key);
    // The same for the PIN of the sign-in key. Reasons: idempotency_key_used, pin_tries_below_minimum,
    // pin_locked, pin_wrong, sign_in_certificate_missing (the card has no JPKI application), card_without_pin
    // (no such PIN in it), and as above. `generation`: the card's, as its free data have it.
    Result<Verified> verify(CardTransaction& card, const Pin& pin, IdempotencyKey key,
                            const Generation& generation = current_generation);

    // The same number to the application of the attributes, which counts its own tries: only where the last
    // verify() was of this number, and this card took it. Its one VERIFY belongs to the same act, `key`.
    // Reasons: attributes_missing (no such application or key), access_number_wrong, tries_below_minimum,
    // card_locked, and as above.
    Result<Verified> verify_attributes(CardTransaction& card, const AccessNumber& number, IdempotencyKey key);

    // As the card told last in verify(); empty before, and where nobody knows.
    std::optional<std::uint8_t> tries_left() const noexcept { return tries_left_; }
    bool spent(IdempotencyKey key) const noexcept { return ledger_.spent(key); }

  private:
    struct Lock; // a secret of the card, and the words for what becomes of it
    Result<Verified> open(CardTransaction& card, const Lock& lock, ByteView digits, IdempotencyKey key);

    MinTries floors_;
    IdempotencyLedger ledger_;
    std::optional<std::uint8_t> tries_left_;
    const CardTransaction* taken_by_ =
        nullptr; // whose card took the number of taken_for_; of the last verify()
    IdempotencyKey taken_for_;
};

} // namespace kaomon::card::mynumber
