// What stands at the desk, and who wants to hear when it changes.
#pragma once

#include "daemon/session/desk.hpp"

#include <map>

namespace kaomon::session {

// Thread-bound to the event loop.
class StatusBoard {
  public:
    DeviceStatus now; // changed in place; watchers hear of it with publish()

    // Tells every watcher, unless nothing changed since they were told last. A watcher may leave while it is
    // told.
    void publish();
    std::uint64_t watch(Desk::Watcher watcher);
    void unwatch(std::uint64_t token) noexcept { watchers_.erase(token); }

  private:
    DeviceStatus published_;
    std::map<std::uint64_t, Desk::Watcher> watchers_;
    std::uint64_t last_token_ = 0;
};

} // namespace kaomon::session
