// Text from outside, before anybody shows it.
#pragma once

#include <string_view>

namespace kaomon {

// Well-formed UTF-8 (RFC 3629: shortest forms, no surrogates, up to U+10FFFF) without control characters (C0,
// DEL, C1). Reentrant.
bool is_plain_utf8(std::string_view text) noexcept;

} // namespace kaomon
