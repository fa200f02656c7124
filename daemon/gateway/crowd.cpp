#include "daemon/gateway/crowd.hpp"

#include "daemon/gateway/limits.hpp"

#include <algorithm>

namespace kaomon::gateway {

Crowd::Place Crowd::come(const std::string& address) {
    Place place;
    std::optional<Number> first_of_all, first_of_address;
    std::size_t of_address = 0;
    for (const auto& [number, one] : all_) {
        if (!one.peer.empty())
            continue;
        first_of_all = first_of_all.value_or(number);
        if (one.address != address)
            continue;
        first_of_address = first_of_address.value_or(number);
        ++of_address;
    }
    if (of_address >= max_waiting)
        place.instead = first_of_address;
    else if (all_.size() >= max_connections)
        place.instead = first_of_all;
    if (all_.size() >= max_connections && !place.instead)
        return place;
    if (place.instead)
        all_.erase(*place.instead);
    place.number = next_++;
    all_.emplace(*place.number, One{address, {}});
    return place;
}

bool Crowd::sit(Number number, std::string_view peer) {
    const auto found = all_.find(number);
    if (found == all_.end())
        return false;
    const auto seated = std::ranges::count_if(all_, [&](const auto& one) { return one.second.peer == peer; });
    if (static_cast<std::size_t>(seated) >= max_sockets_of_peer)
        return false;
    found->second.peer = peer;
    return true;
}

void Crowd::leave(Number number) noexcept {
    all_.erase(number);
}

} // namespace kaomon::gateway
