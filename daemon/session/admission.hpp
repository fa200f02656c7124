// Which requests are let in to the desk at all.
#pragma once

#include "daemon/session/verification.hpp"

namespace kaomon::session {

// No expiry date is judged by a clock that is before this program was written: 2026-11-01, seconds since
// 1970.
inline constexpr std::int64_t earliest_now = 1'793'491'200;

// Why this request is refused: method_unavailable, parameter_invalid (deadline), access_number_missing or
// _malformed, clock_invalid, attributes_not_allowed. Empty when it may begin. `longest`: the configured
// deadline; `now`: seconds since 1970, UTC. Reentrant.
std::optional<Refusal> refusal_of(const Request& request, const DeviceInfo& info, Milliseconds longest,
                                  std::int64_t now);

// Why the running session does not take this: method_unavailable (the caller does not accept that method, or
// it is over), parameter_invalid (not exactly one of the four, a consent that nobody asked for),
// access_number_missing or _malformed, those of closed() (methods.hpp): no try is spent in vain; of a visual
// check without a card: no_card, or the reader's fault where that is not what staff gives as the reason.
// Empty when it is taken. Reentrant.
std::optional<Failure> refusal_of(const Provision& provision, const Verification& running,
                                  const DeviceStatus& desk);

} // namespace kaomon::session
