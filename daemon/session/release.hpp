// What of the holder is given to the caller: of what it wants, what the operator allows and the patient
// agrees to.
#pragma once

#include "daemon/result/claims.hpp"
#include "daemon/session/verification.hpp"

namespace kaomon::session {

// The attributes to ask the card for; none without consent. (What is not allowed was refused at the start.)
// Reentrant.
std::vector<Attribute> to_be_read(const Verification& verification);

// What the result says of them; empty: none were wanted. Values only beside a verified face and under a
// consent that still stands. Reentrant.
std::optional<result::AttributesClaim> released(const Verification& verification,
                                                const match::Verdict& verdict);

} // namespace kaomon::session
