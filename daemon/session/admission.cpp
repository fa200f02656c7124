#include "daemon/session/admission.hpp"

#include <algorithm>

namespace kaomon::session {
namespace {

constexpr Milliseconds shortest_deadline{500};

} // namespace

std::optional<Refusal> refusal_of(const Request& request, std::span<const Method> methods,
                                  Milliseconds longest, std::int64_t now) {
    const auto refused = [](Reason reason, std::string detail) {
        return Refusal{reason, Milliseconds{0}, std::move(detail)};
    };
    for (const Method method : request.methods) {
        if (std::ranges::find(methods, method) == methods.end())
            return refused(Reason::method_unavailable, "methods: " + std::string(word(method)));
    }
    if (request.deadline < shortest_deadline || request.deadline > longest) {
        return refused(Reason::parameter_invalid, "deadline_ms: from " +
                                                      std::to_string(shortest_deadline.count()) + " to " +
                                                      std::to_string(longest.count()));
    }
    if (now < earliest_now)
        return refused(Reason::clock_invalid, "set the system clock");
    if (request.access_number && std::ranges::find(request.methods, Method::face) == request.methods.end())
        return refused(Reason::method_unavailable, "access_number: it is for the method face");
    if (request.access_number) {
        if (const auto shape = card::mynumber::check_shape(*request.access_number); !shape)
            return refused(shape.error().reason, shape.error().detail);
    }
    return std::nullopt;
}

std::optional<Failure> refusal_of(const Provision& provision, const Verification& running,
                                  const DeviceStatus& desk) {
    const int given = int{provision.access_number.has_value()} + int{provision.pin.has_value()} +
                      int{provision.visual_check.has_value()};
    if (given != 1)
        return Failure{Reason::parameter_invalid, "exactly one of access_number, pin and visual_check"};
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
