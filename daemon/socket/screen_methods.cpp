// org.kaomon.Screen: what the patient's own screen shows.
#include "daemon/socket/methods.hpp"
#include "daemon/socket/wording.hpp"

#include <boost/json/value.hpp>

#include <limits>

namespace kaomon::socket {
namespace {

namespace json = boost::json;

bool wants_no_light(const json::object& parameters) {
    const json::value* found = parameters.if_contains("no_light");
    return found != nullptr && found->is_bool() && found->get_bool();
}

} // namespace

void screen_attach(const std::shared_ptr<Service>& service, const Call& call,
                   const std::shared_ptr<Exchange>& exchange) {
    const auto id = std::make_shared<session::ScreenId>();
    const auto attached =
        service->desk.attach_screen(exchange->peer().uid, wants_no_light(call.parameters),
                                    [exchange, id](const session::ScreenView& view) {
                                        if (view.replaced) {
                                            exchange->refuse("org.kaomon.Screen.Replaced",
                                                             {{"reason", message_of(Reason::screen_silent)}});
                                        } else {
                                            exchange->reply(screen_view_of(*id, view), true);
                                        }
                                    });
    if (!attached) {
        exchange->refuse("org.kaomon.Screen.ScreenAttached",
                         {{"reason", message_of(attached.error().reason)}});
        return;
    }
    *id = attached->id;
    exchange->reply(screen_view_of(*id, attached->view), true);
    if (!exchange->open())
        return service->desk.detach_screen(*id);
    exchange->when_gone([service, id](Reason) { service->desk.detach_screen(*id); });
}

void screen_shown(const std::shared_ptr<Service>& service, const Call& call,
                  const std::shared_ptr<Exchange>& exchange) {
    const json::string& id = call.parameters.at("screen").get_string();
    const std::int64_t step = call.parameters.at("step").get_int64();
    if (step < 1 || step > std::numeric_limits<int>::max())
        return refuse_parameter(*exchange, "step");
    const auto taken =
        service->desk.screen_shown(session::ScreenId(id), exchange->peer().uid, static_cast<int>(step));
    if (taken)
        return exchange->reply({});
    if (taken.error().reason == Reason::screen_unknown) {
        exchange->refuse("org.kaomon.Screen.NoSuchScreen",
                         {{"screen", id}, {"reason", message_of(Reason::screen_unknown)}});
    } else {
        exchange->refuse("org.kaomon.Screen.StepNotAwaited", {{"step", step}});
    }
}

} // namespace kaomon::socket
