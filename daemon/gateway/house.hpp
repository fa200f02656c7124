// What all connections of the gateway share.
#pragma once

#include "daemon/gateway/admission.hpp"
#include "daemon/gateway/bridge.hpp"
#include "daemon/gateway/crowd.hpp"
#include "daemon/gateway/peers.hpp"
#include "daemon/gateway/settings.hpp"
#include "daemon/gateway/upstream.hpp"

#include <map>
#include <memory>

namespace kaomon::gateway {

class Authority;
class Connection;

// Thread-bound.
struct House {
    House(boost::asio::io_context& event_loop, Settings given)
        : loop(event_loop), settings(std::move(given)), peers(settings.state),
          upstream(event_loop, settings.socket) {}

    boost::asio::io_context& loop;
    Settings settings;
    Tokens tokens;
    Peers peers;
    Crowd crowd;
    Upstream upstream;
    std::shared_ptr<Authority> authority; // where the LAN is open
    std::map<Crowd::Number, std::weak_ptr<Connection>> connections;
    std::map<Crowd::Number, std::weak_ptr<Bridge>> bridges;
    bool closed = false;
};

} // namespace kaomon::gateway
