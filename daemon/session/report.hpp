// What a verification leaves behind: the claims that are signed, and the record that is kept.
#pragma once

#include "daemon/audit/log.hpp"
#include "daemon/result/claims.hpp"
#include "daemon/session/verification.hpp"

#include <string_view>

namespace kaomon::session {

// Which parts were not real: card, test_card, camera. Reentrant.
std::vector<std::string> simulated_parts(card::mynumber::Hierarchy card, bool simulated_camera);

// `now`: seconds since 1970, UTC; `validity`: seconds. Reentrant.
result::Claims claims_of(const Verification& verification, const match::Verdict& verdict,
                         const match::Policy& policy, const DeviceInfo& device, bool simulated_camera,
                         std::int64_t now, int validity);

// `jws`: the signed claims, of which only the hash is kept. Reentrant.
audit::Record record_of(const result::Claims& claims, const Caller& caller, std::string_view jws);

} // namespace kaomon::session
