// What a detector has found so far.
#pragma once

#include "daemon/liveness/evidence.hpp"

namespace kaomon::liveness {

// What passed, passed for the face that is there; what failed stays.
class Finding {
  public:
    explicit Finding(Kind kind) noexcept : evidence_{kind, Outcome::not_assessed, 0} {}

    bool failed() const noexcept { return evidence_.outcome == Outcome::fail; }
    void note(const Evidence& now) noexcept {
        if (!failed())
            evidence_ = now;
    }
    void reset_for_new_face() noexcept { note({evidence_.kind, Outcome::not_assessed, 0}); }
    const Evidence& evidence() const noexcept { return evidence_; }

  private:
    Evidence evidence_;
};

} // namespace kaomon::liveness
