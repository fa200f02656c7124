// A guard in front of toml++ 3.3, the one of Debian 12.
#pragma once

#include <string_view>

namespace kaomon::card::simulated {

// False for kinds of malformed text that toml++ 3.3 meets with an assertion in debug builds and with
// undefined behaviour under NDEBUG, so that they must not reach it.
// Those that were found by fuzzing and that a slip of the hand makes; there are more (an unfinished date):
//  - a table header without a name: `[=` (parse_key() takes a key for granted)
//  - a brace where a value of an array should be: `a = [}` (parse_value() takes one for granted)
//  - a character beyond ASCII outside of strings and comments, or behind a backslash
//  (is_non_ascii_horizontal_whitespace() has no answer)
//    (a quote within a word, `a = 0"x`, never opens a string there)
// On the careful side: backslashes that join lines are refused, and a line of a multi-line array that begins
// with a nameless `[`. Reentrant.
bool toml_is_safe(std::string_view toml) noexcept;

} // namespace kaomon::card::simulated
