// org.kaomon.Device: what the device is, and what stands on it now.
#include "daemon/socket/methods.hpp"
#include "daemon/socket/wording.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace kaomon::socket {
namespace {

namespace json = boost::json;

json::object watch_reply(const session::DeviceStatus& status) {
    return {{"status", status_of(status)}};
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

} // namespace kaomon::socket
