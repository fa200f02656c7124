// Looks over a TOML text before toml++ does: version 3.3 (Debian 12) runs into undefined behaviour on many
// texts that are no TOML: [.a], é=1, half a time, 0["x. Found by the fuzz target, which now finds nothing
// more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kaomon::config {

struct Flaw {
    std::uint32_t line; // from 1
    std::string text;
};

// Lets through section headers and "key = value" lines, where a value is a string on one line, a plain
// number, true, false, or a list of these over as many lines as wanted. Other TOML (multi-line strings,
// inline tables, dates, numbers in other bases) is refused: no key takes it. Reentrant.
std::optional<Flaw> screen(std::string_view toml);

} // namespace kaomon::config
