// One verdict from everything that was found: the written policy of the house. Pure.
#pragma once

#include "daemon/liveness/evidence.hpp"
#include "daemon/match/comparison.hpp"
#include "daemon/match/decision.hpp"

#include <optional>
#include <span>

namespace kaomon::match {

struct Verdict {
    Decision decision = Decision::undecided;
    Reason reason = Reason::internal_error;
};

struct Findings {
    // Why the card's record or chip is not proven genuine, if so (photo_signature_invalid,
    // signer_certificate_invalid, chip_not_genuine: not_verified; signer_unknown: undecided).
    std::optional<Reason> genuineness;
    std::span<const liveness::Evidence> liveness;
    std::span<const liveness::Kind> required_liveness;
    Score score;   // of the fused probe and the card's reference
    Policy policy; // for scores of this kind
};

// Vetoes first (genuineness, then liveness), then the policy's rule of presence, the comparison last.
Verdict decide(const Findings& findings) noexcept;

// Reasons that end a session whatever other methods are open, and outlive it as suspicion: a forged card or a
// forged view of the face. The others ask for one of the two. Reentrant.
bool is_veto(Reason reason) noexcept;
bool is_veto_of_card(Reason reason) noexcept;
bool is_veto_of_liveness(Reason reason) noexcept;

// A verdict when there is nothing to compare: rejected cards are not_verified, faults are undecided.
Verdict refuse(Reason reason) noexcept;

} // namespace kaomon::match
