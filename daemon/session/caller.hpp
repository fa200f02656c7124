// Who calls: a user of this machine, or a peer that the gateway speaks for.
#pragma once

#include <sys/types.h>

#include <compare>
#include <string>
#include <utility>

namespace kaomon::session {

// A user's id is a caller. Ordered, so that it can be a key.
struct Caller {
    Caller(uid_t id = 0, std::string name = {}) : user(id), peer(std::move(name)) {}

    uid_t user;       // as the kernel says; with `peer` the gateway's own
    std::string peer; // as the gateway says (Device.SpeakFor); empty: the user itself

    bool is_root() const noexcept { return user == 0 && peer.empty(); }
    friend auto operator<=>(const Caller&, const Caller&) = default;
};

// "1000", "gateway/reception-1": as it stands in the record and in the configuration. Reentrant.
inline std::string text(const Caller& caller) {
    return caller.peer.empty() ? std::to_string(caller.user) : "gateway/" + caller.peer;
}

} // namespace kaomon::session
