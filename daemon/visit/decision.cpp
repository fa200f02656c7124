#include "daemon/visit/decision.hpp"

namespace kaomon::visit {

match::Verdict decide(const DecisionRule& rule, const card::mynumber::Genuineness& genuineness,
                      std::span<const liveness::Evidence> evidence, const face::Template& probe,
                      const face::Template& reference) noexcept {
    return match::decide({genuineness.reason, evidence, rule.required_liveness,
                          rule.comparison.compare(probe, reference), rule.policy});
}

Reason reason_at_deadline(std::optional<Reason> hint) noexcept {
    const bool tells = hint && *hint != Reason::hold_still && *hint != Reason::screen_light;
    return tells ? *hint : Reason::timeout;
}

} // namespace kaomon::visit
