// The one table of methods: what each asks of its caller, and what it does.
#pragma once

#include "daemon/session/desk.hpp"
#include "daemon/socket/exchange.hpp"
#include "daemon/socket/message.hpp"

#include <map>
#include <memory>
#include <span>
#include <string_view>

namespace kaomon::socket {

// What the methods share. Thread-bound.
struct Service {
    session::Desk& desk;
    PeerPolicy policy = {};
    std::map<session::SessionId, uid_t, std::less<>> owners =
        {}; // of the sessions begun here and not yet concluded
};

using Handler = void (*)(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);

struct Method {
    std::string_view name; // qualified
    Right right;
    bool needs_more; // else ExpectedMore
    Handler handler;
};

std::span<const Method> methods() noexcept;

// Right, shape and parameters are checked, then the handler is called; every failure is answered. Whoever
// answers later keeps the exchange; it is not open() when all has been said. Thread-bound.
std::shared_ptr<Exchange> dispatch(const std::shared_ptr<Service>& service, const Call& call,
                                   const Peer& peer, Exchange::Sink sink);

// service_methods.cpp
void service_get_info(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void service_get_description(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
// device_methods.cpp
void device_get_info(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void device_get_keys(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void device_watch(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void device_get_camera(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void device_accept_camera(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
// verification_methods.cpp
void verification_verify(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void verification_provide(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void verification_cancel(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
// screen_methods.cpp
void screen_attach(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void screen_shown(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);

// org.varlink.service.InvalidParameter
void refuse_parameter(Exchange& exchange, std::string_view parameter);

} // namespace kaomon::socket
