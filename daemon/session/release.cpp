#include "daemon/session/release.hpp"

namespace kaomon::session {
namespace {

// Empty: they are given.
std::optional<Reason> withheld_because(const Verification& verification, const match::Verdict& verdict) {
    if (verdict.decision != match::Decision::verified || verification.method != Method::face)
        return Reason::attributes_need_face;
    if (!verification.consent)
        return Reason::consent_missing;
    if (!verification.consent->given)
        return Reason::consent_refused;
    if (!verification.attributes)
        return Reason::consent_missing; // it came when the card had been read
    if (!*verification.attributes)
        return verification.attributes->error().reason;
    return std::nullopt;
}

} // namespace

std::vector<Attribute> to_be_read(const Verification& verification) {
    const bool agreed = verification.consent && verification.consent->given;
    return agreed ? verification.request.attributes : std::vector<Attribute>();
}

std::optional<result::AttributesClaim> released(const Verification& verification,
                                                const match::Verdict& verdict) {
    if (verification.request.attributes.empty())
        return std::nullopt;
    result::AttributesClaim claim;
    if (const auto& consent = verification.consent) {
        claim.consent = consent->staff.empty() ? ConsentBy::patient : ConsentBy::staff;
        claim.staff = consent->staff;
    }
    if (const auto why = withheld_because(verification, verdict)) {
        claim.withheld = word(*why);
        return claim;
    }
    for (const Attribute wanted : verification.request.attributes)
        claim.values.emplace_back(wanted, std::string((**verification.attributes)[wanted].view()));
    return claim;
}

} // namespace kaomon::session
