// Who comes in: every request is held against the door it came through.
#pragma once

#include "daemon/gateway/names.hpp"
#include "daemon/gateway/peers.hpp"
#include "daemon/gateway/refusal.hpp"
#include "daemon/gateway/token.hpp"

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::gateway {

// Where a request came in.
struct Door {
    Names names;
    bool loopback = true;                  // plain HTTP for pages on this computer; otherwise TLS
    std::vector<std::string> origins = {}; // of pages of other servers that may open a WebSocket
};

// What of a request says who asks. The views live as long as the request.
struct Asking {
    std::string_view host;
    bool one_host = true; // the header is there once
    std::optional<std::string_view> origin, subprotocols;
    const PairedPeer* certificate = nullptr; // that counts now
    bool certificate_shown = false;          // one that counted when it was given out
};

// Whom the gateway speaks for.
struct Visitor {
    std::string peer; // for SpeakFor
    Role role{};
    bool loopback = true;
};

struct Tokens {
    std::string patient, staff;
};

// Any request: is it meant for this gateway? `others`: origins that count beside its own. Reentrant.
std::optional<Refusal> check_host(const Door& door, const Asking& asking,
                                  const std::vector<std::string>& others = {});
// A WebSocket. Reentrant.
std::expected<Visitor, Refusal> admit(const Door& door, const Tokens& tokens, const Asking& asking);
// GET of a page, of /metrics and /health; POST of /pair. Nothing: it may. Reentrant.
std::optional<Refusal> check_page(const Door& door, std::string_view path, const Asking& asking);

} // namespace kaomon::gateway
