// A text as a value of TOML.
#pragma once

#include <string>
#include <string_view>

namespace kaomon {

// In quotes. Without control characters, which no value of ours may have. Reentrant.
std::string toml_text(std::string_view text);

} // namespace kaomon
