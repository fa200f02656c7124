#include "daemon/config/spelling.hpp"

#include "drivers/base/edit_distance.hpp"

#include <algorithm>
#include <string>

namespace kaomon::config {
std::string_view nearest(std::string_view typed, std::span<const std::string_view> candidates) {
    constexpr std::size_t longest = 64; // nobody's slip of the finger, and the work is quadratic
    if (typed.size() < 3 || typed.size() > longest)
        return {};
    std::string_view best;
    std::size_t fewer_than = std::max<std::size_t>(2, typed.size() / 3) + 1;
    for (const std::string_view candidate : candidates) {
        const bool unit_forgotten =
            candidate.starts_with(std::string(typed) + '_'); // deadline for deadline_ms
        const std::size_t letters = unit_forgotten ? 0 : edit_distance(typed, candidate);
        if (letters >= fewer_than)
            continue;
        best = candidate;
        fewer_than = letters;
    }
    return best;
}

} // namespace kaomon::config
