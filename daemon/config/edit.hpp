// One value of a configuration file is changed; every other line, comments too, stays as it is.
#pragma once

#include "daemon/config/keys.hpp"
#include "drivers/base/result.hpp"

#include <string>
#include <string_view>

namespace kaomon::config {

// `toml`: the file as it is, valid; `value`: as it stands behind "key = ". The whole new text, which is valid
// too. Reason: config_invalid, with the line of the new text that is refused. Reentrant.
kaomon::Result<std::string> with_value(std::string_view toml, const Key& key, std::string_view value,
                                       std::string_view name);

} // namespace kaomon::config
