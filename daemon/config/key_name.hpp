// A key by the name that people type: "section.name".
#pragma once

#include "daemon/config/keys.hpp"

#include <string>
#include <string_view>

namespace kaomon::config {

std::string name_of(const Key& key);
// nullptr: there is none.
const Key* find_key(std::string_view name);
// The name of the one that was meant (spelling.hpp), also without its section; empty: nothing is near.
std::string nearest_key(std::string_view typed);
// "section.name: must be a whole number, 10..3600"
std::string refusal_of(const Key& key);

} // namespace kaomon::config
