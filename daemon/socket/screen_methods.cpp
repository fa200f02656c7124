// org.kaomon.Screen: what the patient's own screen shows.
#include "daemon/socket/methods.hpp"
#include "daemon/socket/verification_parameters.hpp"
#include "daemon/socket/wording.hpp"
#include "drivers/base/random.hpp"

#include <boost/json/value.hpp>

#include <limits>

namespace kaomon::socket {
namespace {

namespace json = boost::json;

bool wants_no_light(const json::object& parameters) {
    const json::value* found = parameters.if_contains("no_light");
    return found != nullptr && found->is_bool() && found->get_bool();
}

session::ScreenId screen_of(const Call& call) {
    return session::ScreenId(call.parameters.at("screen").get_string());
}

void refuse_screen(Exchange& exchange, const session::ScreenId& id) {
    exchange.refuse("org.kaomon.Screen.NoSuchScreen",
                    {{"screen", id}, {"reason", message_of(Reason::screen_unknown)}});
}

bool owns(const Service& service, const Call& call, Exchange& exchange) {
    if (service.desk.owns_screen(screen_of(call), exchange.caller()))
        return true;
    refuse_screen(exchange, screen_of(call));
    return false;
}

// What was handed in: to the visit that runs. Empty: it was refused, and that is said.
std::optional<bool> hand_in(const Service& service, Exchange& exchange, session::Provision provision) {
    const auto repeated = service.desk.provide_at_desk(exchange.caller(), std::move(provision));
    if (repeated)
        return *repeated;
    exchange.refuse("org.kaomon.Screen.Refused",
                    {{"reason", message_of(repeated.error().reason)}, {"detail", repeated.error().detail}});
    return std::nullopt;
}

} // namespace

void screen_attach(const std::shared_ptr<Service>& service, const Call& call,
                   const std::shared_ptr<Exchange>& exchange) {
    const auto id = std::make_shared<session::ScreenId>();
    const auto attached = service->desk.attach_screen(
        exchange->caller(), wants_no_light(call.parameters), [exchange, id](const session::ScreenView& view) {
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
    const std::int64_t step = call.parameters.at("step").get_int64();
    if (step < 1 || step > std::numeric_limits<int>::max())
        return refuse_parameter(*exchange, "step");
    const auto taken =
        service->desk.screen_shown(screen_of(call), exchange->caller(), static_cast<int>(step));
    if (taken)
        return exchange->reply({});
    if (taken.error().reason == Reason::screen_unknown)
        return refuse_screen(*exchange, screen_of(call));
    exchange->refuse("org.kaomon.Screen.StepNotAwaited", {{"step", step}});
}

void screen_enter(const std::shared_ptr<Service>& service, const Call& call,
                  const std::shared_ptr<Exchange>& exchange) {
    if (!owns(*service, call, *exchange))
        return;
    auto provision = provision_of(call.parameters);
    if (!provision)
        return refuse_parameter(*exchange, provision.error());
    if (const auto repeated = hand_in(*service, *exchange, std::move(*provision)))
        exchange->reply({{"repeated", *repeated}});
}

void screen_consent(const std::shared_ptr<Service>& service, const Call& call,
                    const std::shared_ptr<Exchange>& exchange) {
    if (!owns(*service, call, *exchange))
        return;
    session::Provision answer;
    answer.idempotency_key =
        "answer-" + std::to_string(random_bits()); // the last answer counts, however often it is given
    answer.consent = session::Consent{.given = call.parameters.at("given").get_bool(), .staff = {}};
    if (hand_in(*service, *exchange, std::move(answer)))
        exchange->reply({});
}

void screen_help(const std::shared_ptr<Service>& service, const Call& call,
                 const std::shared_ptr<Exchange>& exchange) {
    if (!owns(*service, call, *exchange))
        return;
    service->desk.call_staff(call.parameters.at("wanted").get_bool());
    exchange->reply({});
}

void screen_preview(const std::shared_ptr<Service>& service, const Call& call,
                    const std::shared_ptr<Exchange>& exchange) {
    if (!owns(*service, call, *exchange))
        return;
    const std::uint64_t token = service->desk.preview(
        [exchange](const visit::PreviewFrame& frame) { exchange->reply(preview_of(frame), true); });
    exchange->when_gone([service, token](Reason) { service->desk.end_preview(token); });
}

} // namespace kaomon::socket
