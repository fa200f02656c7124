// One line of the audit record, taken apart.
//
//   {"n":7,"time":…,"clock":"…", … ,"prev":"<hash of the line before>","hash":"<SHA-256 of this line up to
//   here, before ,"hash">"}
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kaomon::audit {

inline constexpr std::size_t max_line = 8192;  // bytes; our own are near 700
inline constexpr std::size_t hash_digits = 64; // of SHA-256, lower-case hexadecimal

// As the chain and Record::result_sha256 have it. Reentrant.
std::string sha256_hex(std::string_view text);

// Views into the text that was taken apart.
struct Line {
    std::uint64_t number = 0;
    std::string_view body; // what the hash is over
    std::string_view hash, previous;

    bool fits_its_hash() const { return hash == sha256_hex(body); }
    // A member as this program writes it: plain ASCII without escapes. Empty: it is not there. A text of a
    // value cannot look like a member: its quotes are escaped.
    std::string_view text(std::string_view name) const;
    std::optional<std::int64_t> whole_number(std::string_view name) const;
};

// `line` without its newline; nothing where it has not that shape. The hash is not computed. Reentrant.
std::optional<Line> take_apart(std::string_view line);

} // namespace kaomon::audit
