// What a signed result says.
#pragma once

#include "daemon/liveness/evidence.hpp"
#include "drivers/base/result.hpp"

#include <cstdint>
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

struct Claims {
    std::string iss;       // this device, from the configuration
    std::string nonce;     // the caller's, as given
    std::int64_t iat = 0;  // seconds since 1970, UTC
    std::int64_t exp = 0;  // iat + validity
    std::string jti;       // the session id, unique
    std::string decision;  // verified, not_verified, undecided
    std::string way;       // face, pin, staff
    std::string reason;    // of the one reason table
    std::string signature; // genuineness.signature: valid, invalid, not_checked
    std::string chip;      // genuineness.chip: the same
    std::vector<LivenessClaim> liveness;
    PolicyClaim policy;
    std::vector<ModelClaim> models;
    std::vector<std::string> simulated; // card, camera, test_card; empty when everything is real
};

// Compact JSON object in the order of the issue: iss nonce iat exp jti decision way reason
// genuineness{signature,chip} liveness policy models simulated. Reentrant.
std::string to_json(const Claims& claims);

// Reason: result_invalid.
Result<Claims> claims_from_json(std::string_view json);

} // namespace kaomon::result
