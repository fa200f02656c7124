// What every call of PC/SC-lite goes through: its return code becomes a reason, the name of the call stays
// with it.
#pragma once

#include "drivers/base/result.hpp"

#include <winscard.h>

namespace kaomon::card::pcsc {

// The reason for any return code but success. Codes nobody expects here are card_error.
Reason reason_of(LONG code) noexcept;

// Success, or the reason with "SCardConnect: Sharing violation. (8010000B)".
Result<void> check(LONG code, const char* call);

// The service is gone or the context with it: a new one must be made.
bool is_service_lost(LONG code) noexcept;

} // namespace kaomon::card::pcsc
