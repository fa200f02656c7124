// org.kaomon.Staff: what the visit that runs needs of the staff.
#include "daemon/socket/methods.hpp"
#include "daemon/socket/verification_parameters.hpp"
#include "daemon/socket/wording.hpp"

#include <boost/json/value.hpp>

namespace kaomon::socket {
namespace {

void refuse_staff(Exchange& exchange, const Failure& why) {
    exchange.refuse("org.kaomon.Staff.Refused", {{"reason", message_of(why.reason)}, {"detail", why.detail}});
}

} // namespace

void staff_follow(const std::shared_ptr<Service>& service, const Call&,
                  const std::shared_ptr<Exchange>& exchange) {
    const auto reply = [staff = service->policy.staff_of(exchange->caller()),
                        exchange](const session::StaffView& view) {
        exchange->reply(staff_view_of(view, staff), true);
    };
    reply(service->desk.staff_view());
    if (!exchange->open())
        return;
    const std::uint64_t token = service->desk.follow(reply);
    exchange->when_gone([service, token](Reason) { service->desk.unfollow(token); });
}

void staff_provide(const std::shared_ptr<Service>& service, const Call& call,
                   const std::shared_ptr<Exchange>& exchange) {
    auto provision = provision_of(call.parameters);
    if (!provision)
        return refuse_parameter(*exchange, provision.error());
    if (provision->consent && provision->consent->staff.empty())
        return refuse_parameter(*exchange, "consent.staff"); // the patient's own answer comes from the screen
    if (const auto refused = not_for_that_staff(*service, exchange->caller(), *provision))
        return refuse_staff(*exchange, *refused);
    const auto repeated = service->desk.provide_at_desk(exchange->caller(), std::move(*provision));
    if (!repeated)
        return refuse_staff(*exchange, repeated.error());
    exchange->reply({{"repeated", *repeated}});
}

void staff_help_given(const std::shared_ptr<Service>& service, const Call&,
                      const std::shared_ptr<Exchange>& exchange) {
    service->desk.call_staff(false);
    exchange->reply({});
}

} // namespace kaomon::socket
