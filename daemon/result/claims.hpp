// What a signed result says.
#pragma once

#include "daemon/liveness/evidence.hpp"
#include "drivers/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kaomon::result {

struct LivenessClaim {
    std::string kind;    // liveness::word(Kind)
    std::string outcome; // pass, fail, not_assessed
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

struct StaffClaim { // method visual_check: who compared the person with the card's printed photograph
    std::string id; // the clinic's own
    std::string
        reason; // face_failed, no_photo, cannot_face_camera, pin_failed, card_locked, device_fault, other
    std::int64_t time = 0; // seconds since 1970, UTC
};

struct AttemptClaim { // a way that was gone in vain before, in the same session
    std::string method;
    std::string reason;
};

struct WarningClaim {
    std::string reason;
    std::string day; // YYYY-MM-DD; empty: none
};

struct Claims {
    std::string iss;       // this device, from the configuration
    std::string nonce;     // the caller's, as given
    std::int64_t iat = 0;  // seconds since 1970, UTC
    std::int64_t exp = 0;  // iat + validity
    std::string jti;       // the session id, unique
    std::string decision;  // verified, not_verified, undecided
    std::string method;    // face, pin, visual_check
    std::string reason;    // of the one reason table
    std::string signature; // genuineness.signature: valid, invalid, not_checked
    std::string chip;      // genuineness.chip: the same
    std::vector<LivenessClaim> liveness;
    PolicyClaim policy;
    std::vector<ModelClaim> models;
    std::vector<std::string> simulated; // card, camera, test_card; empty when everything is real
    // Missing in older results:
    std::string revocation =
        "not_checked"; // of the sign-in certificate, and of the card: nothing else is possible yet
    std::optional<StaffClaim> staff; // method visual_check only
    std::vector<AttemptClaim> earlier;
    std::vector<std::string> suspicion; // reasons of earlier sessions' vetoes that this card inherited
    std::vector<WarningClaim> warnings; // of the card
};

// Compact JSON object: iss nonce iat exp jti decision way reason genuineness{signature,chip} liveness policy
// models simulated revocation staff earlier suspicion warnings. Reentrant.
std::string to_json(const Claims& claims);

// Reason: result_invalid.
Result<Claims> claims_from_json(std::string_view json);

} // namespace kaomon::result
