#include "daemon/session/waiting_line.hpp"

#include <algorithm>

namespace kaomon::session {

std::size_t WaitingLine::stand(const Caller& caller, Instant now) {
    forget_who_left(now);
    auto place = std::ranges::find(line_, caller, &Place::caller);
    if (place == line_.end()) {
        if (line_.size() == most_waiting)
            return most_waiting + 1;
        place = line_.insert(line_.end(), {caller, now, now});
    }
    place->seen = now;
    return static_cast<std::size_t>(place - line_.begin()) + 1;
}

bool WaitingLine::next(const Caller& caller, Instant now) {
    forget_who_left(now);
    if (!line_.empty() && line_.front().caller != caller)
        return false;
    if (!line_.empty())
        line_.erase(line_.begin());
    return true;
}

Milliseconds WaitingLine::waited_by_others(const Caller& caller, Instant now) const {
    const auto first = std::ranges::find_if(
        line_, [&](const Place& one) { return one.caller != caller && now - one.seen <= leaves_after; });
    return first == line_.end() ? Milliseconds{0}
                                : std::chrono::duration_cast<Milliseconds>(now - first->since);
}

void WaitingLine::forget_who_left(Instant now) {
    std::erase_if(line_, [&](const Place& one) { return now - one.seen > leaves_after; });
}

} // namespace kaomon::session
