// org.kaomon.Verification: what a call holds, as the desk takes it. Shapes and types were looked at by the
// schema.
#pragma once

#include "daemon/session/desk.hpp"

#include <boost/json/object.hpp>

#include <expected>
#include <optional>
#include <string_view>
#include <vector>

namespace kaomon::socket {

// Both: or the name of the first parameter that is out of range. Reentrant.
std::expected<session::Provision, std::string_view> provision_of(const boost::json::object& parameters);
std::expected<session::Request, std::string_view> request_of(const boost::json::object& parameters,
                                                             const session::Caller& caller);
// Of Verify; empty where one of them is not known to this device. Reentrant.
std::optional<std::vector<kaomon::Method>> methods_of(const boost::json::object& parameters);

} // namespace kaomon::socket
