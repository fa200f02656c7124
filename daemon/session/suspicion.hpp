// What a veto leaves behind: suspicion that a retry inherits (a session has one verdict).
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/card/mynumber/free_data.hpp"
#include "proto/reason.hpp"

#include <deque>
#include <optional>
#include <vector>

namespace kaomon::session {

// In memory only, by a mark that means nothing outside this process; at most 64 at a time. Thread-bound.
class Suspicions {
  public:
    // A session was vetoed with `why`. Without a mark the veto came before its card was known: it hangs over
    // the desk, and falls on the next card that comes.
    void add(const std::optional<card::mynumber::CardMark>& card, Reason why, Instant until);
    // What this card has inherited; each reason once, the oldest first. Without a mark: what hangs over the
    // desk.
    std::vector<Reason> inherited(const std::optional<card::mynumber::CardMark>& card, Instant now);
    // The card has cleared itself of it.
    void clear(const card::mynumber::CardMark& card, Reason why);

  private:
    struct Suspicion {
        std::optional<card::mynumber::CardMark> card;
        Reason why;
        Instant until;
    };
    std::deque<Suspicion> all_;
};

} // namespace kaomon::session
