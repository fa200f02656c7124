#include "daemon/session/admission.hpp"

#include <algorithm>

namespace kaomon::session {
namespace {

constexpr Milliseconds shortest_deadline{500};

} // namespace

std::optional<Refusal> refusal_of(const Request& request, const DeviceInfo& info, Milliseconds longest,
                                  std::int64_t now) {
    const auto refused = [](Reason reason, std::string detail) {
        return Refusal{reason, Milliseconds{0}, std::move(detail)};
    };
    for (const Method method : request.methods) {
        if (std::ranges::find(info.methods, method) == info.methods.end())
            return refused(Reason::method_unavailable, "methods: " + std::string(word(method)));
    }
    if (request.deadline < shortest_deadline || request.deadline > longest) {
        return refused(Reason::parameter_invalid, "deadline_ms: from " +
                                                      std::to_string(shortest_deadline.count()) + " to " +
                                                      std::to_string(longest.count()));
    }
    if (now < earliest_now)
        return refused(Reason::clock_invalid, "set the system clock");
    const bool face = std::ranges::find(request.methods, Method::face) != request.methods.end();
    if (request.access_number && !face)
        return refused(Reason::method_unavailable, "access_number: it is for the method face");
    if (!request.attributes.empty() && !face)
        return refused(Reason::method_unavailable, "attributes: they are for the method face");
    for (const Attribute wanted : request.attributes) {
        if (std::ranges::find(info.attributes, wanted) == info.attributes.end())
            return refused(Reason::attributes_not_allowed, "attributes: " + std::string(word(wanted)));
    }
    if (request.access_number) {
        if (const auto shape = card::mynumber::check_shape(*request.access_number); !shape)
            return refused(shape.error().reason, shape.error().detail);
    }
    return std::nullopt;
}

std::optional<Failure> refusal_of(const Provision& provision, const Verification& running,
                                  const DeviceStatus& desk) {
    const int given = int{provision.access_number.has_value()} + int{provision.pin.has_value()} +
                      int{provision.visual_check.has_value()} + int{provision.consent.has_value()};
    if (given != 1)
        return Failure{Reason::parameter_invalid,
                       "exactly one of access_number, pin, visual_check and consent"};
    if (provision.consent) {
        if (running.request.attributes.empty())
            return Failure{Reason::parameter_invalid, "consent: this Verify wants no attributes"};
        return std::nullopt;
    }
    const Method method = provision.access_number ? Method::face
                          : provision.pin         ? Method::pin
                                                  : Method::visual_check;
    if (std::ranges::find(running.open_methods, method) == running.open_methods.end())
        return Failure{Reason::method_unavailable,
                       "not accepted by this Verify, or over: " + std::string(word(method))};
    // A visual check may wait until the card has proven itself.
    const auto why = closed(method, running.standing, running.warnings);
    if (why && method != Method::visual_check)
        return Failure{*why, "this method cannot verify with this card now"};
    if (provision.visual_check && !running.card_read && !desk.card_present) {
        if (!desk.reader_fault)
            return Failure{Reason::no_card, "a visual check is of a person and a card: it was not there yet"};
        if (provision.visual_check->reason != VisualCheckReason::device_fault)
            return Failure{*desk.reader_fault,
                           "no card was read: visual_check.reason can only be device_fault"};
    }
    if (provision.access_number) {
        if (const auto shape = card::mynumber::check_shape(*provision.access_number); !shape)
            return shape.error();
    }
    return std::nullopt;
}

} // namespace kaomon::session
