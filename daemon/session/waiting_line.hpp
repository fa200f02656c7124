// Who waits for the desk: first come, first served.
#pragma once

#include "drivers/base/clock.hpp"

#include <sys/types.h>

#include <cstddef>
#include <vector>

namespace kaomon::session {

// Users that were told to come again, in the order in which they came first. Who does not come again within
// that time has left; it is longer than what any of them is told to wait.
inline constexpr Milliseconds leaves_after{3000};
inline constexpr std::size_t most_waiting = 32; // more have no place of their own

// By user: programs of one user stand in one place. Thread-bound.
class WaitingLine {
  public:
    // They came, and cannot begin: their place, 1 is next.
    std::size_t stand(uid_t user, Instant now);
    // May they begin, now that nobody is at the desk? If so they have left the line.
    bool next(uid_t user, Instant now);
    // How long the first one of others than `user` has waited; 0: nobody.
    Milliseconds waited_by_others(uid_t user, Instant now) const;

  private:
    struct Place {
        uid_t user;
        Instant since, seen;
    };
    void forget_who_left(Instant now);

    std::vector<Place> line_; // the first one first
};

} // namespace kaomon::session
