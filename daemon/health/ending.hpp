// How the daemon's life ends: by SIGTERM at once; by SIGHUP as soon as nobody is at the desk, to begin again
// with what is configured by then.
#pragma once

#include "drivers/base/result.hpp"

#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace kaomon::health {

// SIGHUP waits until there is an Ending, also over the beginning anew: none is lost, and none ends a daemon
// that is only starting. First thing in the process's one thread.
void hold_reloads() noexcept;

// What the parts of the daemon are asked for. Called on the loop's thread.
struct EndingSteps {
    std::function<Result<void>()> check; // could it begin again with what is configured now?
    std::function<void(const std::function<void()>& then)> at_idle; // calls `then` when no session runs
    std::function<void()> close;                                    // callers are told
};

// Thread-bound to the loop, which it stops half a second after close(). A thread of the daemon that does not
// come back (a reader's driver hangs) is waited for three seconds: then the process ends all the same.
class Ending {
  public:
    Ending(boost::asio::io_context& loop, EndingSteps steps);
    Ending(const Ending&) = delete;
    Ending& operator=(const Ending&) = delete;
    ~Ending();

    // After the loop has ended: was it to begin again?
    bool begins_again() const noexcept;

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

} // namespace kaomon::health
