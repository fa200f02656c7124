// The outside of a Varlink message: what the gateway has to know of it. The rest is kaomond's.
#pragma once

#include "drivers/base/result.hpp"

#include <string>
#include <string_view>

namespace kaomon::gateway {

struct Envelope {
    std::string method; // qualified
    bool oneway = false, upgrade = false;
};

// Stricter than kaomond, so that both see the same method in the same text: one JSON object (RFC 8259), no
// member twice at any depth, nested max_depth deep at most, method a string. Nothing of its parameters is
// kept. Reasons: message_malformed, message_too_large. Reentrant.
Result<Envelope> read_call(std::string_view text);

// Of a reply: is another one to follow for the same call? Reasons: as above. Reentrant.
Result<bool> read_continues(std::string_view text);

// A call that this gateway refuses, as kaomond would. Reentrant.
std::string permission_denied();

} // namespace kaomon::gateway
