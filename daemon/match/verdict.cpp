#include "daemon/match/verdict.hpp"

#include "daemon/liveness/presence.hpp"

namespace kaomon::match {
namespace {

// A policy that nobody filled in would let everybody pass, as would a threshold for another kind of score.
bool usable(const Policy& policy, const Score& score) noexcept {
    return policy.threshold > 0 && policy.kind == score.kind;
}

} // namespace

Verdict refuse(Reason reason) noexcept {
    switch (describe(reason).weight) {
    case Weight::confirms: // no refusal at all
        return {Decision::undecided, Reason::internal_error};
    case Weight::against:
    case Weight::veto_of_card:
    case Weight::veto_of_liveness:
        return {Decision::not_verified, reason};
    case Weight::nothing:
    case Weight::advice:
        break;
    }
    return {Decision::undecided, reason};
}

bool is_veto(Reason reason) noexcept {
    return is_veto_of_card(reason) || is_veto_of_liveness(reason);
}

bool is_veto_of_card(Reason reason) noexcept {
    return describe(reason).weight == Weight::veto_of_card;
}

bool is_veto_of_liveness(Reason reason) noexcept {
    return describe(reason).weight == Weight::veto_of_liveness;
}

Verdict decide(const Findings& findings) noexcept {
    if (findings.genuineness)
        return refuse(*findings.genuineness);
    if (const auto against = liveness::veto(findings.liveness, findings.required_liveness))
        return refuse(*against);
    if (!usable(findings.policy, findings.score))
        return refuse(Reason::internal_error);
    if (!liveness::shows_presence(findings.policy.name, findings.liveness))
        return refuse(Reason::presence_not_shown); // whatever a capture thought
    // written so that a score that is no number is no match
    if (findings.score.value >= findings.policy.threshold)
        return {Decision::verified, Reason::match};
    return refuse(Reason::no_match);
}

} // namespace kaomon::match
