// Looks over a TOML text before toml++ does: version 3.3 (Debian 12) runs into undefined behaviour on many
// texts that are no TOML: [.a], é=1, half a time, 0["x. Found by the fuzz target, which now finds nothing
// more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kaomon {

struct TomlFlaw {
    std::uint32_t line; // from 1
    std::string text;
};

// Lets through section headers and "key = value" lines, where a value is a string (over several lines only
// without escape sequences), a plain number, a date, true, false, or a list of these over as many lines as
// wanted. Other TOML (inline tables, times, numbers in other bases) is refused: no file of ours takes it.
// Whoever calls toml++ calls this first. Reentrant.
std::optional<TomlFlaw> screen_toml(std::string_view toml);

} // namespace kaomon
