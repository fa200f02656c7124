// Who is calling, as the kernel says, and what that user may do.
#pragma once

#include "drivers/base/result.hpp"

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kaomon::socket {

struct Peer {
    uid_t uid = static_cast<uid_t>(-1);
    pid_t pid = 0;
};

// From SO_PEERCRED: the process that called connect(). Reason: socket_unusable. Reentrant.
Result<Peer> peer_of(int descriptor);

// What a method asks of its caller.
enum class Right : std::uint8_t {
    anyone,        // whoever could open the socket
    verifier,      // verify_users; which session belongs to whom is the method's own question
    administrator, // root and the daemon's own user: who could change its files anyway
};

class PeerPolicy {
  public:
    PeerPolicy() = default; // everyone who can connect is a verifier

    // Users: names, or ids in digits. `staff_users`: user, colon, id of a member of staff. Reason:
    // config_invalid (no such user, no such shape).
    static Result<PeerPolicy> from(const std::vector<std::string>& verify_users,
                                   const std::vector<std::string>& staff_users);

    // Root may do everything: it could change the configuration anyway. Reentrant.
    bool allows(Right right, uid_t uid) const noexcept;
    // May that user hand in what this member of staff saw? Root is not asked for less. Reentrant.
    bool speaks_for(uid_t uid, std::string_view staff) const noexcept;

  private:
    std::vector<uid_t> verifiers_; // empty: everyone
    std::vector<std::pair<uid_t, std::string>> staff_;
};

} // namespace kaomon::socket
