#include "daemon/socket/methods.hpp"

#include "daemon/socket/interfaces.hpp"
#include "daemon/socket/schema.hpp"

#include <boost/json/value.hpp>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace kaomon::socket {
namespace {

namespace json = boost::json;

constexpr std::array<Method, 21> table{{
    {"org.varlink.service.GetInfo", Right::anyone, false, service_get_info},
    {"org.varlink.service.GetInterfaceDescription", Right::anyone, false, service_get_description},
    {"org.kaomon.Device.GetInfo", Right::anyone, false, device_get_info},
    {"org.kaomon.Device.GetKeys", Right::anyone, false, device_get_keys},
    {"org.kaomon.Device.Watch", Right::anyone, false, device_watch},
    {"org.kaomon.Device.GetMetrics", Right::anyone, false, device_get_metrics},
    {"org.kaomon.Device.GetCamera", Right::administrator, false, device_get_camera},
    {"org.kaomon.Device.SpeakFor", Right::gateway, false, device_speak_for},
    {"org.kaomon.Device.AcceptCamera", Right::administrator, false, device_accept_camera},
    {"org.kaomon.Verification.Verify", Right::verifier, true, verification_verify},
    {"org.kaomon.Verification.Provide", Right::verifier, false, verification_provide},
    {"org.kaomon.Verification.Cancel", Right::verifier, false, verification_cancel},
    {"org.kaomon.Screen.Attach", Right::anyone, true, screen_attach},
    {"org.kaomon.Screen.Shown", Right::anyone, false, screen_shown},
    {"org.kaomon.Screen.Help", Right::anyone, false, screen_help},
    {"org.kaomon.Screen.Enter", Right::screen, false, screen_enter},
    {"org.kaomon.Screen.Consent", Right::screen, false, screen_consent},
    {"org.kaomon.Screen.Preview", Right::screen, true, screen_preview},
    {"org.kaomon.Staff.Follow", Right::staff, true, staff_follow},
    {"org.kaomon.Staff.Provide", Right::staff, false, staff_provide},
    {"org.kaomon.Staff.HelpGiven", Right::staff, false, staff_help_given},
}};

void route(const std::shared_ptr<Service>& service, const Call& call,
           const std::shared_ptr<Exchange>& exchange) {
    const auto [interface_name, member] = split_name(call.method);
    const idl::Interface* interface = find_interface(interface_name);
    if (interface == nullptr) {
        exchange->refuse("org.varlink.service.InterfaceNotFound",
                         json::object{{"interface", interface_name}});
        return;
    }
    const idl::Method* described = interface->method(member);
    if (described == nullptr) {
        exchange->refuse("org.varlink.service.MethodNotFound", json::object{{"method", call.method}});
        return;
    }
    const auto* method = std::ranges::find(table, call.method, &Method::name);
    if (method == table.end()) {
        exchange->refuse("org.varlink.service.MethodNotImplemented", json::object{{"method", call.method}});
        return;
    }
    if (!service->policy.allows(method->right, exchange->caller())) {
        exchange->refuse("org.varlink.service.PermissionDenied");
        return;
    }
    if (method->needs_more && !call.more) {
        exchange->refuse("org.varlink.service.ExpectedMore");
        return;
    }
    if (const auto wrong = find_mismatch(*interface, described->in, call.parameters)) {
        refuse_parameter(*exchange, *wrong);
        return;
    }
    exchange->describe(*interface, *described);
    method->handler(service, call, exchange);
}

} // namespace

bool Service::trusts(const session::Caller& caller) const {
    return caller.is_root() || caller == session::Caller(geteuid()) ||
           std::ranges::any_of(owners, [&](const auto& one) { return one.second == caller; });
}

std::span<const Method> methods() noexcept {
    return table;
}

std::shared_ptr<Exchange> dispatch(const std::shared_ptr<Service>& service, const Call& call,
                                   const std::shared_ptr<Peer>& peer, Exchange::Sink sink) {
    auto exchange = std::make_shared<Exchange>(peer, call.more, call.oneway, std::move(sink));
    route(service, call, exchange);
    return exchange;
}

void refuse_parameter(Exchange& exchange, std::string_view parameter) {
    exchange.refuse("org.varlink.service.InvalidParameter", json::object{{"parameter", parameter}});
}

} // namespace kaomon::socket
