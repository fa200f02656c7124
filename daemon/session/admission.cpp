#include "daemon/session/admission.hpp"

#include "daemon/session/ways.hpp"

#include <algorithm>

namespace kaomon::session {
namespace {

constexpr Milliseconds shortest_deadline{500};
// No expiry date is judged by a clock that is before this program was written: 2026-11-01.
constexpr std::int64_t earliest_now = 1'793'491'200;

} // namespace

std::optional<Refusal> refusal_of(const Request& request, const std::vector<std::string>& ways,
                                  Milliseconds longest, std::int64_t now) {
    const auto refused = [](Reason reason, std::string detail) {
        return Refusal{reason, Milliseconds{0}, std::move(detail)};
    };
    for (const auto& way : request.ways) {
        if (std::ranges::find(ways, way) == ways.end())
            return refused(Reason::way_unavailable, "ways: " + way);
    }
    if (request.deadline < shortest_deadline || request.deadline > longest) {
        return refused(Reason::parameter_invalid, "deadline_ms: from " +
                                                      std::to_string(shortest_deadline.count()) + " to " +
                                                      std::to_string(longest.count()));
    }
    if (now < earliest_now)
        return refused(Reason::clock_invalid, "set the system clock");
    if (request.access && std::ranges::find(request.ways, way_face) == request.ways.end())
        return refused(Reason::way_unavailable, "access: the number is for the way face");
    if (request.access) {
        if (const auto shape = card::mynumber::check_shape(*request.access); !shape)
            return refused(shape.error().reason, shape.error().detail);
    }
    return std::nullopt;
}

std::optional<Failure> refusal_of(const Provision& provision, const Verification& running) {
    const int given = int{provision.access.has_value()} + int{provision.pin.has_value()} +
                      int{provision.eye_check.has_value()};
    if (given != 1)
        return Failure{Reason::parameter_invalid, "exactly one of access, pin and eye_check"};
    const std::string_view way = provision.access ? way_face : provision.pin ? way_pin : way_staff;
    if (std::ranges::find(running.open_ways, way) == running.open_ways.end())
        return Failure{Reason::way_unavailable, "not accepted by this Verify, or over: " + std::string(way)};
    if (provision.access) {
        if (const auto shape = card::mynumber::check_shape(*provision.access); !shape)
            return shape.error();
    }
    if (provision.eye_check && !is_eye_check_reason(provision.eye_check->reason))
        return Failure{Reason::parameter_invalid, "eye_check.reason"};
    const auto has_no_pin = [](const card::mynumber::Warning& warning) {
        return warning.reason == Reason::sign_in_certificate_missing;
    };
    if (provision.pin && std::ranges::any_of(running.warnings, has_no_pin))
        return Failure{Reason::sign_in_certificate_missing, "this card has no PIN"};
    return std::nullopt;
}

} // namespace kaomon::session
