// The daemon towards systemd: ready, status, watchdog, stopping. Without systemd nothing happens.
#pragma once

#include <memory>
#include <string_view>

namespace boost::asio {
class io_context;
}

namespace kaomon::health {

// Thread-bound to the event loop.
class Service {
  public:
    explicit Service(boost::asio::io_context& loop);
    ~Service(); // says STOPPING=1

    // READY=1; from now on the watchdog is fed from the loop, at half of WatchdogSec=: a loop that hangs is
    // ended.
    void ready(std::string_view status);

  private:
    struct Watchdog;
    std::unique_ptr<Watchdog> watchdog_;
};

// No core dump, no ptrace by the same user, no set-id surprises: before anything of a patient is in memory.
void protect_process() noexcept;

} // namespace kaomon::health
