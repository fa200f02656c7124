// The signing key and the audit record: what a device keeps of itself, and what each knows of the other.
#pragma once

#include "daemon/audit/log.hpp"
#include "daemon/config/config.hpp"
#include "daemon/result/jws.hpp"

namespace kaomon::wiring {

struct Records {
    result::SigningKey key;
    audit::Log audit;
};

// Heads of the record are signed with the key, and checked with all that this device ever had.
audit::Seal seal_of(const result::SigningKey& key);

// A key is only made where neither a key nor a record was before; a record only begins without a word where
// no key was. What does not fit is logged, noted in the record and told by Log::trouble(). Reasons:
// key_missing, key_unreadable, audit_unwritable.
Result<Records> open_records(const config::Config& config);

} // namespace kaomon::wiring
