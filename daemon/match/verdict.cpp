#include "daemon/match/verdict.hpp"

namespace kaomon::match {
namespace {

// THE table: reasons that say something against this card or this person. Every other reason is a fault, a
// time-out or something that was not checked, and says nothing about anybody.
constexpr bool speaks_against(Reason reason) noexcept {
    switch (reason) {
    case Reason::no_match:
    case Reason::photo_signature_invalid:
    case Reason::signer_certificate_invalid:
    case Reason::chip_not_genuine:
    case Reason::feed_frozen:
    case Reason::feed_repeated:
    case Reason::feed_spliced:
        return true;
    default:
        return false;
    }
}

// A policy that nobody filled in would let everybody pass.
bool usable(const Policy& policy) noexcept {
    return policy.threshold > 0 && policy.threshold < 1;
}

} // namespace

std::string_view word(Decision decision) noexcept {
    switch (decision) {
    case Decision::verified:
        return "verified";
    case Decision::not_verified:
        return "not_verified";
    case Decision::undecided:
        break;
    }
    return "undecided";
}

Verdict refuse(Reason reason) noexcept {
    if (reason == Reason::match)
        return {Decision::undecided, Reason::internal_error}; // no refusal at all
    return {speaks_against(reason) ? Decision::not_verified : Decision::undecided, reason};
}

Verdict decide(const Findings& findings) noexcept {
    if (findings.genuineness)
        return refuse(*findings.genuineness);
    if (const auto against = liveness::veto(findings.liveness, findings.required_liveness))
        return refuse(*against);
    if (!usable(findings.policy))
        return refuse(Reason::internal_error);
    // written so that a score that is no number is no match
    if (findings.comparison_score >= findings.policy.threshold)
        return {Decision::verified, Reason::match};
    return refuse(Reason::no_match);
}

} // namespace kaomon::match
