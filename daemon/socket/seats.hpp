// Who may hold how many connections: nobody keeps the others out, and who only disturbs waits longer each
// time.
#pragma once

#include "daemon/socket/peer.hpp"
#include "drivers/base/clock.hpp"

#include <map>
#include <optional>

namespace kaomon::socket {

// Thread-bound.
class Seats {
  public:
    // `trusted`: root and the daemon's own user, and whoever owns a running session: they may take the
    // reserve, too, and wait for nothing. Nothing: the connection was counted. Reasons: too_many_clients (the
    // user's, or all that are not reserved), caller_slowed (the time to wait is in `wait`).
    struct Refusal {
        Reason reason;
        Milliseconds wait{};
    };
    std::optional<Refusal> take(const session::Caller& caller, bool trusted, Instant now);
    // The connection of one is another's from here on (org.kaomon.Device.SpeakFor). Refused: it stays.
    std::optional<Refusal> move(const session::Caller& from, const session::Caller& to, bool trusted,
                                Instant now);
    void leave(const session::Caller& caller) noexcept;

    // A connection of that user said nothing that is a call. Doubles what the next one waits, from 100 ms to
    // 10 s; forgotten after a minute without.
    void disturbed(const session::Caller& caller, Instant now);

  private:
    struct Caller {
        std::size_t seats = 0;
        int faults = 0;
        Instant last_fault{}, closed_until{};
    };
    void forget(Instant now); // callers that hold nothing and disturbed nobody for long

    std::map<session::Caller, Caller> callers_;
    std::size_t taken_ = 0;
};

} // namespace kaomon::socket
