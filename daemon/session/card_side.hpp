// The card's part of a verification, as the desk drives it. Commands go in, events come back on the desk's
// thread.
#pragma once

#include "daemon/visit/card_event.hpp"
#include "drivers/card/mynumber/guard.hpp"

#include <functional>

namespace kaomon::session {

class CardSide {
  public:
    CardSide() = default;
    CardSide(const CardSide&) = delete;
    CardSide& operator=(const CardSide&) = delete;
    virtual ~CardSide() = default;

    // `visit` numbers the verification; events of an earlier one never arrive after begin() of the next.
    // ReaderChanged is told at all times.
    virtual void begin(std::uint64_t visit) = 0;
    virtual void access_number(card::mynumber::AccessParts parts, card::mynumber::IdempotencyKey key) = 0;
    // Of the card that lay there when the visit's free data were read; it is not read again.
    virtual void pin(card::mynumber::Pin pin, card::mynumber::IdempotencyKey key) = 0;
    // Lets go of the card (reset).
    virtual void end() = 0;
};

using CardEventSink = std::function<void(std::uint64_t visit, visit::CardEvent)>;

} // namespace kaomon::session
