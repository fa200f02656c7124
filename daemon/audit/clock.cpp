#include "daemon/audit/clock.hpp"

#include <sys/timex.h>
#include <unistd.h>

namespace kaomon::audit {

ClockState clock_state() {
    timex asked{}; // modes 0: it only reads
    const int state = adjtimex(&asked);
    if (state >= 0)
        return state == TIME_ERROR || (asked.status & STA_UNSYNC) != 0 ? ClockState::unsynchronised
                                                                       : ClockState::synchronised;
    return access("/run/systemd/timesync/synchronized", F_OK) == 0 ? ClockState::synchronised
                                                                   : ClockState::unknown;
}

} // namespace kaomon::audit
