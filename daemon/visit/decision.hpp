// The rule by which a desk decides, and its verdict on what card and face came to.
#pragma once

#include "daemon/match/verdict.hpp"
#include "drivers/card/mynumber/photo_record.hpp"

#include <vector>

namespace kaomon::visit {

struct DecisionRule {
    match::Comparison comparison{};
    match::Policy policy{}; // for the comparison's kind of score
    std::vector<liveness::Kind> required_liveness{};
};

// Vetoes of the card first, then of liveness, then presence, the comparison last. Reentrant.
match::Verdict decide(const DecisionRule& rule, const card::mynumber::Genuineness& genuineness,
                      std::span<const liveness::Evidence> evidence, const face::Template& probe,
                      const face::Template& reference) noexcept;

// Why a visit ended undecided whose time is over: what a person could have done (the last hint) says more
// than that time is up. Reentrant.
Reason reason_at_deadline(std::optional<Reason> hint) noexcept;

} // namespace kaomon::visit
