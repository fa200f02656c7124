// Carries the rule of presence through a visit: what was asked, and what to ask next.
#pragma once

#include "daemon/liveness/presence.hpp"
#include "daemon/liveness/watch.hpp"

#include <functional>

namespace kaomon::liveness {

// 64 bits that nobody can foresee.
using Random = std::function<std::uint64_t()>;

// Pure function of what it is told and of its random bits. Thread-bound.
class Inquiry {
  public:
    Inquiry(PolicyName policy, std::vector<Kind> required, Random random)
        : policy_(policy), required_(std::move(required)), random_(std::move(random)) {}

    struct Step {
        Presence presence = Presence::wait;
        std::optional<Reason> request{}; // with ask: to be shown now
    };
    // After each frame. `may_ask`, `light`: Situation has them. What is asked, the watch is told.
    Step next(Watch& watch, Instant now, bool may_ask, bool light = false);
    // The request that waits for the person's answer.
    std::optional<Reason> open(Instant now) const;

  private:
    PolicyName policy_;
    std::vector<Kind> required_;
    Random random_;
    std::vector<Asked> asked_;
};

} // namespace kaomon::liveness
