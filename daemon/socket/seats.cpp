#include "daemon/socket/seats.hpp"

#include "daemon/socket/limits.hpp"

#include <algorithm>

namespace kaomon::socket {
namespace {

// After OpenSSH's PerSourcePenalties: a second fault waits twice as long as the first.
constexpr Milliseconds first_wait{100}, longest_wait{10'000}, forgiven_after{60'000};
constexpr int most_doublings = 7; // beyond longest_wait

} // namespace

std::optional<Seats::Refusal> Seats::take(uid_t user, bool trusted, Instant now) {
    forget(now);
    User& caller = users_[user];
    if (!trusted && now < caller.closed_until)
        return Refusal{Reason::caller_slowed, std::chrono::ceil<Milliseconds>(caller.closed_until - now)};
    const std::size_t all = trusted ? max_clients : max_clients - reserved_clients;
    const std::size_t own = trusted ? max_clients : max_clients_of_user;
    if (taken_ >= all || caller.seats >= own)
        return Refusal{Reason::too_many_clients};
    ++caller.seats;
    ++taken_;
    return std::nullopt;
}

void Seats::leave(uid_t user) noexcept {
    const auto found = users_.find(user);
    if (found == users_.end() || found->second.seats == 0)
        return;
    --found->second.seats;
    --taken_;
}

void Seats::disturbed(uid_t user, Instant now) {
    User& caller = users_[user];
    if (now - caller.last_fault > forgiven_after)
        caller.faults = 0;
    const int doublings = std::min(caller.faults++, most_doublings);
    caller.last_fault = now;
    caller.closed_until = now + std::min(longest_wait, first_wait * (1 << doublings));
}

void Seats::forget(Instant now) {
    std::erase_if(users_, [&](const auto& one) {
        return one.second.seats == 0 && now - one.second.last_fault > forgiven_after;
    });
}

} // namespace kaomon::socket
