// Who waits for the desk: first come, first served.
#pragma once

#include "daemon/session/caller.hpp"
#include "drivers/base/clock.hpp"

#include <cstddef>
#include <vector>

namespace kaomon::session {

// Users that were told to come again, in the order in which they came first. Who does not come again within
// that time has left; it is longer than what any of them is told to wait.
inline constexpr Milliseconds leaves_after{3000};
inline constexpr std::size_t most_waiting = 32; // more have no place of their own

// By caller: programs of one user stand in one place. Thread-bound.
class WaitingLine {
  public:
    // They came, and cannot begin: their place, 1 is next.
    std::size_t stand(const Caller& caller, Instant now);
    // May they begin, now that nobody is at the desk? If so they have left the line.
    bool next(const Caller& caller, Instant now);
    // How long the first one of others than `caller` has waited; 0: nobody.
    Milliseconds waited_by_others(const Caller& caller, Instant now) const;

  private:
    struct Place {
        Caller caller;
        Instant since, seen;
    };
    void forget_who_left(Instant now);

    std::vector<Place> line_; // the first one first
};

} // namespace kaomon::session
