// Calls and replies as they stand on the wire: one JSON object and a NUL.
#pragma once

#include "drivers/base/result.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace kaomon::socket {

struct Call {
    std::string method;             // qualified
    boost::json::object parameters; // in wiping memory
    bool more = false, oneway = false;
};

// `text` without its NUL. Depth and shape are checked, the parameters are not. A member of the message itself
// that is null counts as absent, one that is unknown is passed over; upgrade must be false, and more with
// oneway is refused. Reasons: message_malformed, message_too_large (depth). Reentrant.
Result<Call> parse_call(std::string_view text);

// With the NUL at the end. Reentrant.
std::string encode_reply(boost::json::object parameters, bool continues);
std::string encode_error(std::string_view error, boost::json::object parameters);

} // namespace kaomon::socket
