// The card thread: watches the reader at all times, and does the card's part of a verification
// (card.md 1.15).
#pragma once

#include "daemon/session/card_side.hpp"

#include <memory>

namespace kaomon::session {

class CardWork : public CardSide {
  public:
    struct Settings {
        std::uint8_t tries_floor = 6;
        card::mynumber::TrustStore trust;
        std::function<Date()> today; // thread-safe
    };

    // `sink` is called on the card thread.
    CardWork(std::unique_ptr<card::Reader> reader, Settings settings, CardEventSink sink);
    ~CardWork() override; // ends the thread

    void begin(std::uint64_t visit) override;
    void access(card::mynumber::AccessParts parts, card::mynumber::ActId act) override;
    void end() override;

  private:
    struct Thread;
    std::unique_ptr<Thread> thread_;
};

} // namespace kaomon::session
