// What a signed result says.
#pragma once

#include "daemon/liveness/evidence.hpp"
#include "daemon/match/decision.hpp"
#include "drivers/base/result.hpp"
#include "drivers/card/mynumber/check.hpp"
#include "proto/attribute.hpp"
#include "proto/method.hpp"
#include "proto/subject.hpp"
#include "proto/visual_check.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kaomon::result {

struct LivenessClaim {
    std::string kind; // a word of liveness::Kind, or of a later version's
    liveness::Outcome outcome = liveness::Outcome::not_assessed;
};

struct PolicyClaim {
    std::string name;
    double false_match_rate = 0;
    std::string evidence;
};

struct ModelClaim {
    std::string name;
    std::string sha256;
};

struct VisualCheckClaim { // who compared the person with the card's printed photograph
    std::string staff;    // an id of the clinic's own
    VisualCheckReason reason = VisualCheckReason::other;
    std::int64_t time = 0; // seconds since 1970, UTC
};

struct AttemptClaim { // a method that failed before, in the same session
    Method method = Method::face;
    std::string reason; // of the one reason table, or of a later version's
};

struct WarningClaim {
    std::string reason;
    std::string day; // YYYY-MM-DD; empty: none
};

struct SubjectClaim { // whom the result names
    SubjectKind kind = SubjectKind::chip_key;
    std::string reference; // 22 characters of base64url
    std::string previous;  // the same person's before the clinic's secret was rotated; empty: none
};

struct ExpectedClaim { // what was found of whom the caller expects; empty: that was not asked
    std::optional<Expected> birth_date, reference;
};

struct PurposeClaim { // of the caller; an empty word: none was told
    std::string word, sentence;
};

struct AttributesClaim { // those that the caller wanted, or why there are none
    std::vector<std::pair<Attribute, std::string>> values;
    std::string withheld; // reason; empty: `values` has them
    std::optional<ConsentBy> consent;
    std::string staff; // id of the member of staff who answered for the patient
};

struct AuditClaim {            // where this result stands in the device's audit record
    std::int64_t sequence = 0; // number of its record, from 1
    std::string previous;      // SHA-256 of the record before, 64 hexadecimal digits
};

struct Claims {
    std::string iss;      // this device, from the configuration
    std::string nonce;    // the caller's, as given
    std::int64_t iat = 0; // seconds since 1970, UTC
    std::int64_t exp = 0; // iat + validity
    std::string jti;      // the session id, unique
    match::Decision decision = match::Decision::undecided;
    Method method = Method::face;                                         // claim amr
    std::string reason;                                                   // as in AttemptClaim
    card::mynumber::Check signature = card::mynumber::Check::not_checked; // genuineness.signature
    card::mynumber::Check chip = card::mynumber::Check::not_checked;      // genuineness.chip
    std::vector<LivenessClaim> liveness;
    PolicyClaim policy;
    std::vector<ModelClaim> models;
    std::vector<std::string> simulated; // card, camera, test_card; empty when everything is real
    // Missing in older results:
    // Of the sign-in certificate, and of the card: nothing else is possible yet.
    card::mynumber::Check revocation = card::mynumber::Check::not_checked;
    std::optional<VisualCheckClaim> visual_check; // of that method only
    std::vector<AttemptClaim> earlier;
    std::vector<std::string> suspicion; // reasons of earlier sessions' vetoes that this card inherited
    std::vector<WarningClaim> warnings; // of the card
    std::optional<AuditClaim> audit;
    std::optional<SubjectClaim> subject;
    std::optional<ExpectedClaim> expected;
    std::string aud; // whom the result is for: the caller's name in the configuration; empty: not told
    PurposeClaim purpose;
    std::optional<AttributesClaim> attributes; // empty: none were wanted
};

// Compact JSON object: iss nonce iat exp jti decision amr reason genuineness{signature,chip} liveness policy
// models simulated revocation visual_check earlier suspicion warnings audit subject expected aud purpose
// attributes. Reentrant.
std::string to_json(const Claims& claims);

// Reason: result_invalid, also for an `amr` that is no method's.
Result<Claims> claims_from_json(std::string_view json);

} // namespace kaomon::result
