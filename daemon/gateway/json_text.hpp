// Texts of the gateway's small JSON files and requests.
#pragma once

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace kaomon::gateway {

// Empty where there is none, or something else. Reentrant.
inline std::string text_at(const boost::json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

} // namespace kaomon::gateway
