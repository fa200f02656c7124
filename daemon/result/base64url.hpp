// base64url without padding (RFC 4648 section 5, as RFC 7515 wants it), and base64.
#pragma once

#include "drivers/base/bytes.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kaomon::result {

std::string to_base64url(ByteView bytes);
std::string to_base64url(std::string_view text);

// The same in the alphabet that data URLs want, with padding (RFC 4648 section 4). Reentrant.
std::string to_base64(ByteView bytes);

// Empty for anything but the one canonical form: no padding, no other character, no stray bits at the end. A
// signature thus has one spelling only. Reentrant.
std::optional<Bytes> from_base64url(std::string_view text);

} // namespace kaomon::result
