#include "daemon/match/verdict.hpp"

namespace kaomon::match {
namespace {

// THE table: reasons that say something against this card or this person. Every other reason is a fault, a
// time-out or something that was not checked, and says nothing about anybody.
enum class Weight : std::uint8_t { nothing, against, veto_of_card, veto_of_liveness };

constexpr Weight weight(Reason reason) noexcept {
    switch (reason) {
    case Reason::no_match:
    case Reason::staff_denied:
        return Weight::against;
    case Reason::photo_signature_invalid:
    case Reason::signer_certificate_invalid:
    case Reason::sign_in_certificate_invalid:
    case Reason::chip_not_genuine:
        return Weight::veto_of_card;
    case Reason::feed_frozen:
    case Reason::feed_repeated:
    case Reason::feed_spliced:
    case Reason::flat_face:
    case Reason::blink_implausible:
    case Reason::flash_unanswered:
    case Reason::photo_replayed:
    case Reason::screen_detected:
        return Weight::veto_of_liveness;
    default:
        return Weight::nothing;
    }
}

// Reasons of a `verified`: no refusal at all.
constexpr bool speaks_for(Reason reason) noexcept {
    return reason == Reason::match || reason == Reason::pin_accepted || reason == Reason::staff_confirmed;
}

// A policy that nobody filled in would let everybody pass, as would a threshold for another kind of score.
bool usable(const Policy& policy, const Score& score) noexcept {
    return policy.threshold > 0 && policy.kind == score.kind;
}

} // namespace

Verdict refuse(Reason reason) noexcept {
    if (speaks_for(reason))
        return {Decision::undecided, Reason::internal_error};
    return {weight(reason) != Weight::nothing ? Decision::not_verified : Decision::undecided, reason};
}

bool is_veto(Reason reason) noexcept {
    return weight(reason) == Weight::veto_of_card || weight(reason) == Weight::veto_of_liveness;
}

bool is_veto_of_liveness(Reason reason) noexcept {
    return weight(reason) == Weight::veto_of_liveness;
}

Verdict decide(const Findings& findings) noexcept {
    if (findings.genuineness)
        return refuse(*findings.genuineness);
    if (const auto against = liveness::veto(findings.liveness, findings.required_liveness))
        return refuse(*against);
    if (!usable(findings.policy, findings.score))
        return refuse(Reason::internal_error);
    // written so that a score that is no number is no match
    if (findings.score.value >= findings.policy.threshold)
        return {Decision::verified, Reason::match};
    return refuse(Reason::no_match);
}

} // namespace kaomon::match
