// Checks JSON against a type of an interface description.
#pragma once

#include "daemon/socket/idl.hpp"

#include <boost/json/fwd.hpp>

#include <optional>
#include <string>

namespace kaomon::socket {

// The first place where `parameters` does not follow `structure`: "access_number.number", "methods[0]". Empty
// when all is right. Types are exact (1.0 is no int, null is only right where "?" stands), unknown fields are
// wrong. An unknown field is named only if it could be a field's name, else it is "?": it may be anything.
// Reentrant.
std::optional<std::string> find_mismatch(const idl::Interface& interface, const idl::Type& structure,
                                         const boost::json::object& parameters);

} // namespace kaomon::socket
