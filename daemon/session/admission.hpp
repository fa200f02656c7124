// Which requests are let in to the desk at all.
#pragma once

#include "daemon/session/desk.hpp"

namespace kaomon::session {

// Why this request is refused: way_unavailable, parameter_invalid (deadline), access_number_missing or
// _malformed, clock_invalid. Empty when it may begin. `longest`: the configured deadline; `now`: seconds
// since 1970, UTC. Reentrant.
std::optional<Refusal> refusal_of(const Request& request, const std::vector<std::string>& ways,
                                  Milliseconds longest, std::int64_t now);

} // namespace kaomon::session
