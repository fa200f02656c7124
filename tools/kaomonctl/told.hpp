// What the daemon tells of itself, for who looks at the whole device.
#pragma once

#include "tools/doctor/doctor.hpp"
#include "tools/kaomonctl/client.hpp"

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace kaomon::kaomonctl {

// What it replies to a call without parameters, or why it does not. Takes up to five seconds.
std::expected<boost::json::object, LinkTrouble> reply_of(const std::string& socket, std::string_view method);

// Empty: it does not answer. Takes up to ten seconds.
std::optional<doctor::Told> told_by(const std::string& socket);

} // namespace kaomon::kaomonctl
