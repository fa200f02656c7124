// The daemon towards systemd: ready, status, watchdog, stopping. Without systemd nobody is told.
#pragma once

#include "drivers/base/pulse.hpp"
#include "proto/reason.hpp"

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace kaomon::health {

// A thread that must come round.
struct Heart {
    std::shared_ptr<const Pulse> pulse;
    Milliseconds longest; // silence; then it is stuck
    Reason stuck;
};

// Which of them are stuck. Reentrant.
std::vector<Reason> stuck_of(const std::vector<Heart>& hearts, Instant now);

// Thread-bound to the event loop.
class Service {
  public:
    explicit Service(boost::asio::io_context& loop);
    ~Service();

    // READY=1. From now on, at half of WatchdogSec=, the watchdog is fed from the loop while no thread is
    // stuck: a loop or a thread that hangs ends the daemon. `tell` hears of stuck threads before that, and
    // when they have come round again.
    void ready(std::string_view status, std::vector<Heart> hearts,
               std::function<void(std::vector<Reason>)> tell);
    void stopping();

  private:
    struct Watchdog;
    std::unique_ptr<Watchdog> watchdog_;
};

// No core dump, no ptrace by the same user, no set-id surprises: before anything of a patient is in memory.
void protect_process() noexcept;

} // namespace kaomon::health
