#include "drivers/base/spelling.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

namespace kaomon {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t above = row[j + 1];
            row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row.back();
}

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

} // namespace kaomon
