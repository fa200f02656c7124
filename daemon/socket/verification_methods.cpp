// org.kaomon.Verification: one patient from nonce to signed result.
#include "daemon/socket/methods.hpp"
#include "daemon/socket/verification_parameters.hpp"
#include "daemon/socket/wording.hpp"

#include <boost/json/value.hpp>

namespace kaomon::socket {
namespace {

namespace json = boost::json;

std::string_view session_of(const Call& call) {
    return call.parameters.at("session").get_string();
}

void refuse(Exchange& exchange, Reason reason, std::string_view detail) {
    exchange.refuse("org.kaomon.Verification.Refused", {{"reason", message_of(reason)}, {"detail", detail}});
}

void refuse_session(Exchange& exchange, std::string_view id) {
    exchange.refuse("org.kaomon.Verification.NoSuchSession",
                    {{"session", id}, {"reason", message_of(Reason::session_unknown)}});
}

// The user whose session it is, if the caller may touch it.
const session::Caller* owner_of(const Service& service, std::string_view id, const session::Caller& caller) {
    const auto found = service.owners.find(id);
    if (found == service.owners.end() || (found->second != caller && !caller.is_root()))
        return nullptr;
    return &found->second;
}

void answer_failure(Exchange& exchange, std::string_view id, const Failure& why) {
    if (why.reason == Reason::session_unknown || why.reason == Reason::not_permitted) {
        refuse_session(exchange, id);
    } else {
        refuse(exchange, why.reason, why.detail);
    }
}

} // namespace

std::optional<Failure> not_for_that_staff(const Service& service, const session::Caller& caller,
                                          const session::Provision& provision) {
    const std::string staff = provision.visual_check ? provision.visual_check->staff
                              : provision.consent    ? provision.consent->staff
                                                     : std::string();
    if (staff.empty() || service.policy.speaks_for(caller, staff))
        return std::nullopt;
    return Failure{Reason::staff_not_configured,
                   "user " + text(caller) + " as " + staff + ": [socket] staff_users"};
}

void verification_verify(const std::shared_ptr<Service>& service, const Call& call,
                         const std::shared_ptr<Exchange>& exchange) {
    const session::Caller caller = exchange->caller();
    auto request = request_of(call.parameters, caller);
    if (!request) {
        refuse_parameter(*exchange, request.error());
        return;
    }
    auto methods = methods_of(call.parameters);
    if (!methods)
        return refuse(*exchange, Reason::method_unavailable, "methods: one that this device does not know");
    request->methods = std::move(*methods);
    request->audience = service->policy.audience_of(caller);
    const auto begun =
        service->desk.begin(std::move(*request), [service, exchange](const session::Update& update) {
            const bool over = update.state == session::State::concluded;
            if (over)
                service->owners.erase(update.session);
            exchange->reply(update_of(update), !over);
        });
    if (!begun) {
        const session::Refusal& refusal = begun.error();
        if (refusal.reason == Reason::busy) {
            exchange->refuse("org.kaomon.Verification.Busy", {{"retry_after_ms", refusal.retry_after.count()},
                                                              {"place", std::int64_t(refusal.place)},
                                                              {"reason", message_of(refusal.reason)}});
        } else {
            refuse(*exchange, refusal.reason, refusal.detail);
        }
        return;
    }
    service->owners.emplace(*begun, caller);
    exchange->when_gone([service, id = *begun, caller](Reason why) {
        (void)service->desk.cancel(id, caller, why); // it may have concluded by itself
    });
}

void verification_provide(const std::shared_ptr<Service>& service, const Call& call,
                          const std::shared_ptr<Exchange>& exchange) {
    const std::string_view id = session_of(call);
    const session::Caller* owner = owner_of(*service, id, exchange->caller());
    if (owner == nullptr)
        return refuse_session(*exchange, id);
    auto provision = provision_of(call.parameters);
    if (!provision)
        return refuse_parameter(*exchange, provision.error());
    const session::Caller& caller = exchange->caller(); // root acts in any session, but speaks for nobody
    if (const auto refused = not_for_that_staff(*service, caller, *provision))
        return refuse(*exchange, refused->reason, refused->detail);
    const auto repeated = service->desk.provide(session::SessionId(id), *owner, std::move(*provision));
    if (!repeated)
        return answer_failure(*exchange, id, repeated.error());
    exchange->reply({{"repeated", *repeated}});
}

void verification_cancel(const std::shared_ptr<Service>& service, const Call& call,
                         const std::shared_ptr<Exchange>& exchange) {
    const std::string_view id = session_of(call);
    const session::Caller* owner = owner_of(*service, id, exchange->caller());
    if (owner == nullptr)
        return refuse_session(*exchange, id);
    const auto cancelled = service->desk.cancel(session::SessionId(id), *owner, Reason::cancelled);
    if (!cancelled)
        return answer_failure(*exchange, id, cancelled.error());
    exchange->reply({});
}

} // namespace kaomon::socket
