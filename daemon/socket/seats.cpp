#include "daemon/socket/seats.hpp"

#include "daemon/socket/limits.hpp"

#include <algorithm>

namespace kaomon::socket {
namespace {

// After OpenSSH's PerSourcePenalties: a second fault waits twice as long as the first.
constexpr Milliseconds first_wait{100}, longest_wait{10'000}, forgiven_after{60'000};
constexpr int most_doublings = 7; // beyond longest_wait

} // namespace

std::optional<Seats::Refusal> Seats::take(const session::Caller& caller, bool trusted, Instant now) {
    forget(now);
    Caller& its = callers_[caller];
    if (!trusted && now < its.closed_until)
        return Refusal{Reason::caller_slowed, std::chrono::ceil<Milliseconds>(its.closed_until - now)};
    const std::size_t all = trusted ? max_clients : max_clients - reserved_clients;
    const std::size_t own = trusted ? max_clients : max_clients_of_user;
    if (taken_ >= all || its.seats >= own)
        return Refusal{Reason::too_many_clients};
    ++its.seats;
    ++taken_;
    return std::nullopt;
}

std::optional<Seats::Refusal> Seats::move(const session::Caller& from, const session::Caller& to,
                                          bool trusted, Instant now) {
    leave(from);
    auto refused = take(to, trusted, now);
    if (refused) { // its old one is still free
        ++callers_[from].seats;
        ++taken_;
    }
    return refused;
}

void Seats::leave(const session::Caller& caller) noexcept {
    const auto found = callers_.find(caller);
    if (found == callers_.end() || found->second.seats == 0)
        return;
    --found->second.seats;
    --taken_;
}

void Seats::disturbed(const session::Caller& caller, Instant now) {
    Caller& its = callers_[caller];
    if (now - its.last_fault > forgiven_after)
        its.faults = 0;
    const int doublings = std::min(its.faults++, most_doublings);
    its.last_fault = now;
    its.closed_until = now + std::min(longest_wait, first_wait * (1 << doublings));
}

void Seats::forget(Instant now) {
    std::erase_if(callers_, [&](const auto& one) {
        return one.second.seats == 0 && now - one.second.last_fault > forgiven_after;
    });
}

} // namespace kaomon::socket
