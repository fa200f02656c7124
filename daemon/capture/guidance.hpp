// Which of the hints of many frames a person is shown: one at a time, long enough to read it.
#pragma once

#include "drivers/base/clock.hpp"
#include "proto/reason.hpp"

#include <deque>
#include <optional>

namespace kaomon::capture {

// The reason most frames of the last half second had, if it had half of them; the shown one stays for a
// second at least, unless it is hold_still: that has nothing to be read. So a blink, one blurred frame or two
// faults in turn change nothing. Pure. Thread-bound.
class Guidance {
  public:
    // What the newest frame called for. The hint to show instead of the one before, if that changes.
    std::optional<Reason> next(Reason now, Instant captured);
    // This one is shown at once, whatever was: a request, whose time runs.
    void show(Reason request, Instant captured) { shown_ = {request, captured}; }

  private:
    struct Call {
        Reason reason;
        Instant captured;
    };
    std::deque<Call> calls_; // of the last half second
    std::optional<Call> shown_;
};

} // namespace kaomon::capture
