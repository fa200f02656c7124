// What stands to be seen at the desk, and who wants to hear when it changes.
#pragma once

#include <cstdint>
#include <functional>
#include <map>

namespace kaomon::session {

// Thread-bound to the event loop.
template<class View>
class Board {
  public:
    using Watcher = std::function<void(const View&)>;

    View now; // changed in place; watchers hear of it with publish()

    // Tells every watcher, unless nothing changed since they were told last. A watcher may leave while it is
    // told.
    void publish() {
        if (now == published_)
            return;
        published_ = now;
        for (auto it = watchers_.begin(); it != watchers_.end();) {
            const auto token = it->first;
            const auto watcher = it->second;
            watcher(published_);
            it = watchers_.upper_bound(token);
        }
    }
    std::uint64_t watch(Watcher watcher) {
        watchers_.emplace(++last_token_, std::move(watcher));
        return last_token_;
    }
    void unwatch(std::uint64_t token) noexcept { watchers_.erase(token); }

  private:
    View published_;
    std::map<std::uint64_t, Watcher> watchers_;
    std::uint64_t last_token_ = 0;
};

} // namespace kaomon::session
