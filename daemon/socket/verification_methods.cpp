// org.kaomon.Verification: one patient from nonce to signed result.
#include "daemon/socket/methods.hpp"
#include "daemon/socket/plain.hpp"
#include "daemon/socket/wording.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace kaomon::socket {
namespace {

namespace json = boost::json;

// The ranges that proto/org.kaomon.Verification.varlink tells.
constexpr std::size_t shortest_nonce = 16, longest_nonce = 128; // characters; 16 of base64url are 96 bits
constexpr std::int64_t longest_deadline = 86'400'000; // milliseconds, a day; the session draws the real line
constexpr std::size_t most_methods = 8;
constexpr std::size_t shortest_idempotency_key = 8, longest_idempotency_key = 128; // characters

// Absent and null are the same.
const json::value* given(const json::object& parameters, std::string_view name) {
    const json::value* found = parameters.if_contains(name);
    return found == nullptr || found->is_null() ? nullptr : found;
}

std::string_view text_of(const json::value& value) {
    return value.get_string();
}

card::mynumber::AccessParts access_of(const json::value& given_number) {
    const json::object& fields = given_number.get_object();
    card::mynumber::AccessParts parts;
    if (const auto* number = given(fields, "number"))
        parts.number.emplace(text_of(*number));
    if (const auto* year = given(fields, "era_year"))
        parts.era_year.emplace(text_of(*year));
    if (const auto* code = given(fields, "security_code"))
        parts.security_code.emplace(text_of(*code));
    if (const auto* compared = given(fields, "compared"))
        parts.compared = compared->get_bool();
    return parts;
}

// The name of the first parameter that is out of range.
std::expected<session::Provision, std::string_view> provision_of(const json::object& parameters) {
    session::Provision provision;
    provision.idempotency_key = text_of(parameters.at("idempotency_key"));
    if (!is_plain(provision.idempotency_key, shortest_idempotency_key, longest_idempotency_key))
        return std::unexpected("idempotency_key");
    if (const auto* access_number = given(parameters, "access_number"))
        provision.access_number = access_of(*access_number);
    if (const auto* pin = given(parameters, "pin"))
        provision.pin.emplace(text_of(*pin));
    if (const auto* visual_check = given(parameters, "visual_check")) {
        const json::object& fields = visual_check->get_object();
        provision.visual_check.emplace();
        provision.visual_check->staff = text_of(fields.at("staff"));
        const auto reason = from_word<VisualCheckReason>(text_of(fields.at("reason")));
        if (!reason)
            return std::unexpected("visual_check.reason");
        provision.visual_check->reason = *reason;
        provision.visual_check->confirmed = fields.at("confirmed").get_bool();
        if (!is_plain(provision.visual_check->staff, 1, longest_staff))
            return std::unexpected("visual_check.staff");
    }
    return provision;
}

// The name of the first parameter that is out of range.
std::expected<session::Request, std::string_view> request_of(const json::object& parameters, uid_t caller) {
    session::Request request;
    request.caller = caller;
    request.nonce = text_of(parameters.at("nonce"));
    if (!is_plain(request.nonce, shortest_nonce, longest_nonce))
        return std::unexpected("nonce");
    if (const auto* methods = given(parameters, "methods")) {
        const json::array& list = methods->get_array();
        if (list.empty() || list.size() > most_methods)
            return std::unexpected("methods");
    }
    if (const auto* access_number = given(parameters, "access_number"))
        request.access_number = access_of(*access_number);
    if (const auto* idempotency_key = given(parameters, "idempotency_key")) {
        request.idempotency_key = text_of(*idempotency_key);
        if (!is_plain(request.idempotency_key, shortest_idempotency_key, longest_idempotency_key))
            return std::unexpected("idempotency_key");
    }
    if (const auto* deadline = given(parameters, "deadline_ms")) {
        const std::int64_t wanted = deadline->get_int64();
        if (wanted < 1 || wanted > longest_deadline)
            return std::unexpected("deadline_ms");
        request.deadline = Milliseconds(wanted);
    }
    return request;
}

// Empty where one of them is not known to this device.
std::optional<std::vector<kaomon::Method>> methods_of(const json::object& parameters) {
    std::vector<kaomon::Method> methods;
    if (const auto* list = given(parameters, "methods")) {
        for (const json::value& one : list->get_array()) {
            const auto method = from_word<kaomon::Method>(text_of(one));
            if (!method)
                return std::nullopt;
            methods.push_back(*method);
        }
    }
    return methods;
}

void refuse(Exchange& exchange, Reason reason, std::string_view detail) {
    exchange.refuse("org.kaomon.Verification.Refused", {{"reason", message_of(reason)}, {"detail", detail}});
}

void refuse_session(Exchange& exchange, std::string_view id) {
    exchange.refuse("org.kaomon.Verification.NoSuchSession",
                    {{"session", id}, {"reason", message_of(Reason::session_unknown)}});
}

// The user whose session it is, if the caller may touch it.
const uid_t* owner_of(const Service& service, std::string_view id, uid_t caller) {
    const auto found = service.owners.find(id);
    if (found == service.owners.end() || (found->second != caller && caller != 0))
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

void verification_verify(const std::shared_ptr<Service>& service, const Call& call,
                         const std::shared_ptr<Exchange>& exchange) {
    const uid_t caller = exchange->peer().uid;
    auto request = request_of(call.parameters, caller);
    if (!request) {
        refuse_parameter(*exchange, request.error());
        return;
    }
    auto methods = methods_of(call.parameters);
    if (!methods)
        return refuse(*exchange, Reason::method_unavailable, "methods: one that this device does not know");
    request->methods = std::move(*methods);
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
    const std::string_view id = text_of(call.parameters.at("session"));
    const uid_t* owner = owner_of(*service, id, exchange->peer().uid);
    if (owner == nullptr)
        return refuse_session(*exchange, id);
    auto provision = provision_of(call.parameters);
    if (!provision)
        return refuse_parameter(*exchange, provision.error());
    const uid_t caller = exchange->peer().uid; // root acts in any session, but speaks for nobody
    if (const auto& check = provision->visual_check;
        check && !service->policy.speaks_for(caller, check->staff))
        return refuse(*exchange, Reason::staff_not_configured,
                      "user " + std::to_string(caller) + " as " + check->staff + ": [socket] staff_users");
    const auto repeated = service->desk.provide(session::SessionId(id), *owner, std::move(*provision));
    if (!repeated)
        return answer_failure(*exchange, id, repeated.error());
    exchange->reply({{"repeated", *repeated}});
}

void verification_cancel(const std::shared_ptr<Service>& service, const Call& call,
                         const std::shared_ptr<Exchange>& exchange) {
    const std::string_view id = text_of(call.parameters.at("session"));
    const uid_t* owner = owner_of(*service, id, exchange->peer().uid);
    if (owner == nullptr)
        return refuse_session(*exchange, id);
    const auto cancelled = service->desk.cancel(session::SessionId(id), *owner, Reason::cancelled);
    if (!cancelled)
        return answer_failure(*exchange, id, cancelled.error());
    exchange->reply({});
}

} // namespace kaomon::socket
