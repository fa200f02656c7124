// The card's part of a verification, as the desk drives it. Commands go in, events come back on the desk's
// thread.
#pragma once

#include "daemon/visit/card_event.hpp"
#include "drivers/card/mynumber/guard.hpp"

#include <functional>
#include <vector>

namespace kaomon::session {

class CardSide {
  public:
    CardSide() = default;
    CardSide(const CardSide&) = delete;
    CardSide& operator=(const CardSide&) = delete;
    virtual ~CardSide() = default;

    // `visit` numbers the verification; events of an earlier one never arrive after begin() of the next.
    // ReaderChanged is told at all times. `expected_birth`: of whom the caller expects.
    // `with_pin`: a PIN may be asked for.
    virtual void begin(std::uint64_t visit, std::optional<Date> expected_birth = {},
                       bool with_pin = false) = 0;
    // `wanted`: what the holder lets the caller know of what the same number opens.
    virtual void access_number(card::mynumber::AccessParts parts, card::mynumber::IdempotencyKey key,
                               std::vector<Attribute> wanted = {}) = 0;
    // Of the card that lay there when the visit's free data were read; it is not read again.
    virtual void pin(card::mynumber::Pin pin, card::mynumber::IdempotencyKey key) = 0;
    // Lets go of the card (reset).
    virtual void end() = 0;
};

using CardEventSink = std::function<void(std::uint64_t visit, visit::CardEvent)>;

} // namespace kaomon::session
