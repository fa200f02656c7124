#include "daemon/session/report.hpp"

#include "daemon/audit/chain.hpp"
#include "daemon/result/base64url.hpp"
#include "daemon/session/release.hpp"

namespace kaomon::session {

using card::mynumber::Hierarchy;

std::vector<std::string> simulated_parts(Hierarchy card, bool simulated_camera) {
    std::vector<std::string> parts;
    if (card == Hierarchy::simulated)
        parts.emplace_back("card");
    if (card == Hierarchy::test)
        parts.emplace_back("test_card");
    if (simulated_camera)
        parts.emplace_back("camera");
    return parts;
}

result::Claims claims_of(const Verification& verification, const match::Verdict& verdict,
                         const match::Policy& policy, const DeviceInfo& device, bool simulated_camera,
                         std::int64_t now, int validity) {
    result::Claims claims;
    claims.iss = device.issuer;
    claims.nonce = verification.request.nonce;
    claims.iat = now;
    claims.exp = now + validity;
    claims.jti = verification.id;
    claims.decision = verdict.decision;
    claims.method = verification.method;
    claims.reason = word(verdict.reason);
    claims.signature = verification.genuineness.signature;
    claims.chip = verification.genuineness.chip;
    for (const auto& one : verification.liveness)
        claims.liveness.push_back({std::string(word(one.kind)), one.outcome});
    if (verification.method == Method::face) { // nothing was compared on the other methods
        claims.policy = {std::string(word(policy.name)), policy.false_match_rate, text(policy.evidence)};
        for (const auto& [name, sha256] : device.models)
            claims.models.push_back({name, sha256});
    }
    claims.simulated = simulated_parts(verification.hierarchy, simulated_camera);
    if (const auto& check = verification.visual_check; check && verification.method == Method::visual_check)
        claims.visual_check = {check->staff, check->reason, now};
    if (const auto* subject = verification.subject())
        claims.subject = {subject->kind, result::to_base64url(subject->value),
                          subject->previous ? result::to_base64url(*subject->previous) : std::string()};
    if (const auto& expect = verification.request.expect) {
        auto& claim = claims.expected.emplace();
        if (expect->birth_date)
            claim.birth_date = verification.birth_found;
        if (!expect->reference.empty())
            claim.reference = verification.reference_found;
    }
    claims.aud = verification.request.audience;
    if (const auto& purpose = verification.request.purpose)
        claims.purpose = {purpose->word, purpose->sentence};
    claims.attributes = released(verification, verdict);
    for (const auto& one : verification.earlier)
        claims.earlier.push_back({one.method, std::string(word(one.reason))});
    for (const Reason why : verification.standing.inherited) {
        if (match::is_veto(why)) // not the device's own trouble
            claims.suspicion.emplace_back(word(why));
    }
    for (const auto& warning : verification.warnings) {
        claims.warnings.push_back({std::string(word(warning.reason)),
                                   warning.day ? card::mynumber::iso_day(*warning.day) : std::string()});
    }
    return claims;
}

audit::Record record_of(const result::Claims& claims, const Caller& caller, std::string_view jws) {
    audit::Record record;
    record.time = claims.iat;
    record.session = claims.jti;
    record.caller = text(caller);
    record.decision = word(claims.decision);
    record.method = word(claims.method);
    record.reason = claims.reason;
    record.signature = word(claims.signature);
    record.chip = word(claims.chip);
    record.policy = claims.policy.name;
    record.result_sha256 = audit::sha256_hex(jws);
    if (claims.visual_check) {
        record.staff = claims.visual_check->staff;
        record.staff_reason = word(claims.visual_check->reason);
    }
    record.audience = claims.aud;
    record.purpose = claims.purpose.word;
    if (const auto& claim = claims.attributes) {
        for (const auto& [which, value] : claim->values)
            record.attributes.append(record.attributes.empty() ? "" : ",").append(word(which));
        if (claim->consent)
            record.consent =
                std::string(word(*claim->consent)) + (claim->staff.empty() ? "" : ":") + claim->staff;
    }
    for (const auto& one : claims.earlier)
        record.earlier.append(record.earlier.empty() ? "" : ",").append(word(one.method)) += ":" + one.reason;
    for (const auto& one : claims.suspicion)
        record.suspicion += (record.suspicion.empty() ? "" : ",") + one;
    for (const auto& part : claims.simulated) {
        if (!record.simulated.empty())
            record.simulated += ',';
        record.simulated += part;
    }
    return record;
}

} // namespace kaomon::session
