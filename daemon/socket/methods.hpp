// The one table of methods: what each asks of its caller, and what it does.
#pragma once

#include "daemon/session/desk.hpp"
#include "daemon/socket/exchange.hpp"
#include "daemon/socket/message.hpp"
#include "daemon/socket/seats.hpp"

#include <map>
#include <memory>
#include <span>
#include <string_view>

namespace kaomon::socket {

// What the methods share. Thread-bound.
struct Service {
    session::Desk& desk;
    PeerPolicy policy = {};
    std::map<session::SessionId, session::Caller, std::less<>> owners =
        {}; // of the sessions begun here and not yet concluded
    Seats seats = {};

    // May it take what is kept free, and is it never made to wait? Root, the daemon's own user, and whoever
    // owns a running session.
    bool trusts(const session::Caller& caller) const;
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
                                   const std::shared_ptr<Peer>& peer, Exchange::Sink sink);

// service_methods.cpp
void service_get_info(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void service_get_description(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
// device_methods.cpp
void device_get_info(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void device_get_keys(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void device_watch(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void device_get_metrics(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void device_get_camera(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void device_speak_for(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void device_accept_camera(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
// verification_methods.cpp
void verification_verify(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void verification_provide(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void verification_cancel(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
// screen_methods.cpp
void screen_attach(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void screen_shown(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void screen_enter(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void screen_consent(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void screen_help(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void screen_preview(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
// staff_methods.cpp
void staff_follow(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void staff_provide(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);
void staff_help_given(const std::shared_ptr<Service>&, const Call&, const std::shared_ptr<Exchange>&);

// Why that caller may not hand this in: it speaks for another member of staff than its own.
std::optional<Failure> not_for_that_staff(const Service& service, const session::Caller& caller,
                                          const session::Provision& provision);
// org.varlink.service.InvalidParameter
void refuse_parameter(Exchange& exchange, std::string_view parameter);

} // namespace kaomon::socket
