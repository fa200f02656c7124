#include "tools/clinic/rehearse/rehearsal.hpp"

#include <algorithm>
#include <ranges>

namespace kaomon::rehearse {
namespace {

// From best to worst.
int weight(Standing standing) {
    switch (standing) {
    case Standing::good:
        return 0;
    case Standing::not_checkable:
        return 1;
    case Standing::attention:
        return 2;
    case Standing::failed:
        break;
    }
    return 3;
}

} // namespace

Standing Part::standing() const {
    if (findings.empty())
        return Standing::not_checkable;
    return std::ranges::max_element(findings, {}, [](const Finding& one) { return weight(one.standing); })
        ->standing;
}

Standing Rehearsal::standing() const {
    int worst = parts.empty() ? 2 : 0;
    for (const Part& part : parts)
        worst = std::max(worst, weight(part.standing()));
    return worst == 0 ? Standing::good : worst == 3 ? Standing::failed : Standing::attention;
}

Text verdict_text(Standing standing) {
    switch (standing) {
    case Standing::good:
        return {"受付を始められます", "ready to open"};
    case Standing::failed:
        return {"このままでは受付を始められません", "not ready to open"};
    case Standing::attention:
    case Standing::not_checkable:
        break;
    }
    return {"確かめることが残っています", "something is left to look at"};
}

} // namespace kaomon::rehearse
