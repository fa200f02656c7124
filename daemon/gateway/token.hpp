// The secret of a page on this computer: it lies in a file, and whoever may read the file may open the page.
#pragma once

#include "drivers/base/result.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace kaomon::gateway {

// 32 random bytes as base64url, 43 characters. Reason: internal_error. Reentrant.
Result<std::string> make_token();

// Into the file, mode 0640, readable for `group` (empty: the process's own) as well. Reasons: config_invalid
// (no such group, or this user is no member of it), socket_unusable. Reentrant.
Result<void> write_token(const std::filesystem::path& file, const std::string& token,
                         const std::string& group);

// In a time that does not depend on where they differ. Reentrant.
bool same_secret(std::string_view one, std::string_view other) noexcept;

// What a page presents as Sec-WebSocket-Protocol: "varlink, token.<token>". Reentrant.
struct Offer {
    bool varlink = false;
    std::string token; // empty: none
};
// Empty: no list of at most eight tokens (RFC 9110 section 5.6.2), or more than one secret.
std::optional<Offer> read_offer(std::string_view subprotocols);

} // namespace kaomon::gateway
