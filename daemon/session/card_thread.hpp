// The card thread: watches the reader at all times, and does the card's part of a visit when the desk asks
// for it.
#pragma once

#include "daemon/session/card_side.hpp"
#include "daemon/visit/card_part.hpp"
#include "drivers/base/pulse.hpp"

#include <memory>

namespace kaomon::session {

class CardThread : public CardSide {
  public:
    // `sink` is called on the card thread.
    CardThread(std::unique_ptr<card::Reader> reader, visit::CardPolicy policy, CardEventSink sink);
    ~CardThread() override; // ends the thread

    void begin(std::uint64_t visit, std::optional<Date> expected_birth = {}, bool with_pin = false) override;
    void access_number(card::mynumber::AccessParts parts, card::mynumber::IdempotencyKey key,
                       std::vector<Attribute> wanted = {}) override;
    void pin(card::mynumber::Pin pin, card::mynumber::IdempotencyKey key) override;
    void end() override;
    // Of the thread; outlives this.
    std::shared_ptr<const Pulse> pulse() const;

  private:
    struct Thread;
    std::unique_ptr<Thread> thread_;
};

} // namespace kaomon::session
