// Looks over a TOML text before toml++ does: version 3.3 (Debian 12) runs into undefined behaviour on some
// that are none, a header like [.a] or a key like é among them. Found by the fuzz target.
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

// Lets through: names, numbers, lists (at most eight deep), strings that end on their line, section headers
// that begin with a name. So multi-line strings, inline tables and times are refused, which no key needs.
// Reentrant.
std::optional<Flaw> screen(std::string_view toml);

} // namespace kaomon::config
