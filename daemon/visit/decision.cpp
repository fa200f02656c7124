#include "daemon/visit/decision.hpp"

#include "daemon/liveness/movement.hpp"

namespace kaomon::visit {

match::Verdict decide(const DecisionRule& rule, const card::mynumber::Genuineness& genuineness,
                      std::span<const liveness::Evidence> evidence, const face::Template& probe,
                      const face::Template& reference) noexcept {
    return match::decide({genuineness.reason, evidence, rule.required_liveness,
                          rule.comparison.compare(probe, reference), rule.policy});
}

Reason reason_at_deadline(std::optional<Reason> hint) noexcept {
    if (!hint || *hint == Reason::hold_still)
        return Reason::timeout;
    return liveness::asks_for_presence(*hint) ? Reason::presence_not_shown : *hint;
}

} // namespace kaomon::visit
