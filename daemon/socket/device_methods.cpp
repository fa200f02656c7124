// org.kaomon.Device: what the device is, and what stands on it now.
#include "daemon/socket/methods.hpp"
#include "daemon/socket/wording.hpp"
#include "drivers/base/peer_name.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace kaomon::socket {
namespace {

namespace json = boost::json;

json::object watch_reply(const session::DeviceStatus& status) {
    return {{"status", status_of(status)}};
}

json::object identity_of(const camera::origin::Identity& identity) {
    json::array formats;
    for (const auto& format : identity.formats)
        formats.emplace_back(format);
    return {{"id", camera::origin::id_of(identity)},
            {"bus", identity.bus},
            {"driver", identity.driver},
            {"model", identity.model},
            {"serial", identity.serial},
            {"port", identity.port},
            {"formats", std::move(formats)}};
}

} // namespace

void device_get_info(const std::shared_ptr<Service>& service, const Call&,
                     const std::shared_ptr<Exchange>& exchange) {
    exchange->reply(info_of(service->desk.info()));
}

void device_get_keys(const std::shared_ptr<Service>& service, const Call&,
                     const std::shared_ptr<Exchange>& exchange) {
    json::error_code error;
    json::value keys = json::parse(service->desk.info().jwk_set, error);
    if (error || !keys.is_object()) {
        exchange->refuse("org.kaomon.Device.Failed", {{"reason", message_of(Reason::internal_error)},
                                                      {"detail", "the key set is not JSON"}});
        return;
    }
    exchange->reply(std::move(keys.get_object()));
}

void device_watch(const std::shared_ptr<Service>& service, const Call&,
                  const std::shared_ptr<Exchange>& exchange) {
    exchange->reply(watch_reply(service->desk.status()), exchange->more());
    if (!exchange->open())
        return;
    const std::uint64_t token = service->desk.watch(
        [exchange](const session::DeviceStatus& status) { exchange->reply(watch_reply(status), true); });
    exchange->when_gone([service, token](Reason) { service->desk.unwatch(token); });
}

void device_get_metrics(const std::shared_ptr<Service>& service, const Call&,
                        const std::shared_ptr<Exchange>& exchange) {
    exchange->reply({{"text", service->desk.metrics()}});
}

void device_get_camera(const std::shared_ptr<Service>& service, const Call&,
                       const std::shared_ptr<Exchange>& exchange) {
    const auto report = service->desk.camera();
    json::object reply;
    if (report.accepted)
        reply["accepted"] = identity_of(*report.accepted);
    if (report.present)
        reply["present"] = identity_of(*report.present);
    if (report.fault) {
        reply["fault"] = message_of(report.fault->reason);
        reply["detail"] = report.fault->detail;
    }
    exchange->reply(std::move(reply));
}

void device_speak_for(const std::shared_ptr<Service>& service, const Call& call,
                      const std::shared_ptr<Exchange>& exchange) {
    const std::string_view name = call.parameters.at("peer").get_string();
    if (!is_peer_name(name))
        return refuse_parameter(*exchange, "peer");
    session::Caller peer(exchange->caller().user, std::string(name));
    if (const auto refused =
            service->seats.move(exchange->caller(), peer, service->trusts(peer), SteadyClock::now())) {
        exchange->refuse("org.kaomon.Device.Disconnected",
                         {{"reason", message_of(refused->reason)}, {"detail", "of that peer"}});
        return;
    }
    exchange->speak_for(std::move(peer));
    exchange->reply({});
}

void device_accept_camera(const std::shared_ptr<Service>& service, const Call& call,
                          const std::shared_ptr<Exchange>& exchange) {
    const std::string_view id = call.parameters.at("id").get_string();
    const auto accepted = service->desk.accept_camera(exchange->caller(), id);
    if (!accepted) {
        exchange->refuse(
            "org.kaomon.Device.CameraNotAccepted",
            {{"reason", message_of(accepted.error().reason)}, {"detail", accepted.error().detail}});
        return;
    }
    exchange->reply({{"accepted", identity_of(*accepted)}});
}

} // namespace kaomon::socket
