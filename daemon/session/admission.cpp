#include "daemon/session/admission.hpp"

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
    if (request.access) {
        if (const auto shape = card::mynumber::check_shape(*request.access); !shape)
            return refused(shape.error().reason, shape.error().detail);
    }
    return std::nullopt;
}

} // namespace kaomon::session
