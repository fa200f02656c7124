// Who is calling, as the kernel says, and what that user may do.
#pragma once

#include "daemon/session/caller.hpp"
#include "drivers/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kaomon::socket {

struct Peer {
    session::Caller caller{static_cast<uid_t>(-1)};
    pid_t pid = 0;
};

// From SO_PEERCRED: the process that called connect(). Reason: socket_unusable. Reentrant.
Result<Peer> peer_of(int descriptor);

// What a method asks of its caller.
enum class Right : std::uint8_t {
    anyone,        // whoever could open the socket
    verifier,      // verify_users; which session belongs to whom is the method's own question
    screen,        // screen_users: what a patient keys in, answers and looks like
    staff,         // who may speak for a member of staff
    gateway,       // its own user, before it has said for whom it speaks
    administrator, // root and the daemon's own user: who could change its files anyway
};

// Callers, as the configuration names them: a user's name, its id in digits, or "gateway/PEER".
struct Permissions {
    std::vector<std::string> verify_users = {}; // may verify; empty: everyone who can connect
    std::vector<std::string> screen_users = {}; // may do what a patient does on the screen; empty: nobody
    std::vector<std::string> staff_users = {}; // CALLER:ID, who may hand in whose visual check; empty: nobody
    std::vector<std::string> audiences = {};   // CALLER:NAME, whom results for that caller are made for
    std::string gateway_user = {};             // whose connections speak for others; empty: nobody's
};

class PeerPolicy {
  public:
    PeerPolicy() = default; // everyone who can connect is a verifier

    // Reason: config_invalid (no such user, no such shape, two audiences of one caller, a peer and no
    // gateway).
    static Result<PeerPolicy> from(const Permissions& permissions);

    // Root may do everything but speak for others: it could change the configuration anyway. The gateway's
    // user by itself may do what everybody may, and no more, unless it is root or the daemon's own (a desk on
    // one user's laptop). Reentrant.
    bool allows(Right right, const session::Caller& caller) const noexcept;
    // May that caller hand in what this member of staff saw? Root is not asked for less. Reentrant.
    bool speaks_for(const session::Caller& caller, std::string_view staff) const noexcept;
    // All of them. Reentrant.
    std::vector<std::string> staff_of(const session::Caller& caller) const;
    // Whom a result for that caller is made for; empty: nobody by name. Reentrant.
    std::string audience_of(const session::Caller& caller) const;

  private:
    using Named = std::pair<session::Caller, std::string>;
    std::vector<session::Caller> verifiers_, screens_; // no verifiers: everyone
    std::vector<Named> staff_, audiences_;
    std::optional<uid_t> gateway_;
};

} // namespace kaomon::socket
