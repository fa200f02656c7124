// How a computer of the LAN gets its certificate: by a code of eight digits that a person carries from this
// computer to that one, once, within ten minutes, with three wrong ones at most.
#pragma once

#include "daemon/gateway/authority.hpp"
#include "daemon/gateway/peers.hpp"

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace kaomon::gateway {

inline constexpr std::chrono::minutes pairing_lasts{10};
inline constexpr int most_wrong_codes = 3;
inline constexpr std::chrono::days peer_lasts{825};

// Opens one, in the place of any that is open: the code, eight digits. Of the code a salted hash is kept, in
// pairing.json of the state folder. Reasons: key_unreadable, internal_error. Reentrant.
Result<std::string> open_pairing(const std::filesystem::path& state, const std::string& name, Role role,
                                 Time now);
bool pairing_is_open(const std::filesystem::path& state, Time now);

// The body of POST /pair, {"code", "csr"} or {"code", "password"}: the answer, {"certificate", "ca"} or
// {"pkcs12"}. A try is written down before the code is looked at; a code that was right is gone before
// anything is signed; a right one with a request that is not signed here counts as a wrong one. The name is
// the pairing's, whatever the request says. Thread-bound.
std::expected<std::string, Refusal> pair(const Authority& authority, const std::filesystem::path& state,
                                         std::string_view body, Time now);

} // namespace kaomon::gateway
