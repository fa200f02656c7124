// The guard of the card's tries: the only place from which a VERIFY leaves.
#pragma once

#include "drivers/card/mynumber/access_number.hpp"

#include <cstdint>
#include <unordered_set>

namespace kaomon::card::mynumber {

// One explicit act of a person (a number keyed in, a button pressed). Its one VERIFY is its only one.
struct ActId {
    std::uint64_t value = 0;
    friend bool operator==(ActId, ActId) = default;
};

struct Verified {
    std::uint8_t tries_left = 0;
};

// Thread-bound to the card thread; one for the life of the daemon, over all cards and sessions.
class Guard {
  public:
    // `floor`: fewest tries that must be left before a VERIFY (1..10); set by the operator.
    explicit Guard(std::uint8_t floor) noexcept : floor_(floor) {}

    // Reads the tries from the card (never from our own count), compares with the floor, spends the act,
    // sends one VERIFY. Nothing is repeated. Reasons: act_already_spent, tries_below_floor, card_locked,
    // access_number_wrong (with `tries_left()` telling what the card answered), card_error, and the
    // transport's.
    Result<Verified> verify(CardTransaction& card, const AccessNumber& number, ActId act);

    // As the card told last in verify(); empty before.
    std::optional<std::uint8_t> tries_left() const noexcept { return tries_left_; }

  private:
    std::uint8_t floor_;
    std::optional<std::uint8_t> tries_left_;
    std::unordered_set<std::uint64_t> spent_;
};

} // namespace kaomon::card::mynumber
