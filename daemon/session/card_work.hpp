// The card thread: watches the reader at all times, and does the card's part of a verification
// (card.md 1.15).
#pragma once

#include "daemon/session/card_side.hpp"
#include "drivers/card/mynumber/sign_in_trust.hpp"

#include <memory>

namespace kaomon::session {

class CardWork : public CardSide {
  public:
    struct Settings {
        card::mynumber::MinTries min_tries;
        card::mynumber::TrustStore trust;          // of record signers
        card::mynumber::SignInTrust sign_in_trust; // of sign-in certificates
        std::function<Date()> today;               // thread-safe
        std::function<std::int64_t()> now;         // seconds since 1970, UTC; thread-safe
        card::mynumber::IdempotencyLedger ledger{};
    };

    // `sink` is called on the card thread.
    CardWork(std::unique_ptr<card::Reader> reader, Settings settings, CardEventSink sink);
    ~CardWork() override; // ends the thread

    void begin(std::uint64_t visit) override;
    void access_number(card::mynumber::AccessParts parts,
                       card::mynumber::IdempotencyKey idempotency_key) override;
    void pin(card::mynumber::Pin pin, card::mynumber::IdempotencyKey idempotency_key) override;
    void end() override;

  private:
    struct Thread;
    std::unique_ptr<Thread> thread_;
};

} // namespace kaomon::session
