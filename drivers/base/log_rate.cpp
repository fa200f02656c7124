#include "drivers/base/log_rate.hpp"

#include <algorithm>
#include <utility>

namespace kaomon {

LogRate::Pass LogRate::admit(std::string_view topic, Instant now) {
    auto found = topics_.find(topic);
    if (found == topics_.end()) {
        const std::string_view name = topics_.size() + 1 < most_topics ? topic : std::string_view();
        found = topics_.try_emplace(std::string(name), Budget{.filled = now}).first;
    }
    Budget& budget = found->second;
    const double passed = std::chrono::duration<double>(now - budget.filled).count();
    budget.lines = std::min(at_once, budget.lines + std::max(0.0, passed) * a_second);
    budget.filled = now;
    if (budget.lines < 1) {
        ++budget.left_out;
        return {.write = false};
    }
    budget.lines -= 1;
    return {.write = true, .left_out = std::exchange(budget.left_out, 0)};
}

std::string_view topic_of(std::string_view line) noexcept {
    constexpr std::size_t longest = 24;
    const std::string_view start = line.substr(0, longest);
    return start.substr(0, std::min(start.find_first_of(": "), start.size()));
}

} // namespace kaomon
