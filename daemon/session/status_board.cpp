#include "daemon/session/status_board.hpp"

namespace kaomon::session {

void StatusBoard::publish() {
    if (published_ == now)
        return;
    published_ = now;
    const auto told = watchers_; // the list itself may change from within
    for (const auto& [token, watcher] : told)
        watcher(published_);
}

std::uint64_t StatusBoard::watch(Desk::Watcher watcher) {
    watchers_.emplace(++last_token_, std::move(watcher));
    return last_token_;
}

} // namespace kaomon::session
