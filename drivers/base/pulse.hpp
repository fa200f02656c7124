// A thread's sign of life, for another one to look at.
#pragma once

#include "drivers/base/clock.hpp"

#include <atomic>

namespace kaomon {

// Thread-safe.
class Pulse {
  public:
    // The thread has come round, and works on.
    void beat(Instant now = SteadyClock::now()) noexcept { last_ = now.time_since_epoch().count(); }
    // It waits for an order, for as long as there is none.
    void rest() noexcept { last_ = resting; }
    // For how long it has not come round; 0 while it rests, or has not begun.
    Milliseconds silent(Instant now = SteadyClock::now()) const noexcept {
        const Instant::rep last = last_;
        if (last == resting)
            return Milliseconds{0};
        return std::chrono::duration_cast<Milliseconds>(now - Instant(Instant::duration(last)));
    }

  private:
    static constexpr Instant::rep resting = -1;
    std::atomic<Instant::rep> last_ = resting;
};

} // namespace kaomon
