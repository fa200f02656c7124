// Names that people and programs give themselves, as far as the socket takes them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace kaomon::socket {

inline constexpr std::size_t longest_name = 64; // characters: of a member of staff's id, of an audience

// Printable ASCII characters without space. Reentrant.
inline bool is_plain(std::string_view text, std::size_t shortest, std::size_t longest) noexcept {
    return text.size() >= shortest && text.size() <= longest &&
           std::ranges::all_of(text, [](char c) { return c >= 0x21 && c <= 0x7E; });
}

} // namespace kaomon::socket
