#include "tools/introduction/advice.hpp"

#include <algorithm>

namespace kaomon::introduction {

const Step* next_step(const Plan& plan) {
    const Step* next = nullptr;
    for (const Step& step : plan.steps) {
        const bool ready = std::ranges::all_of(step.after, [&](int number) {
            return plan.steps[static_cast<std::size_t>(number - 1)].done.has_value();
        });
        if (step.done || !ready)
            continue;
        if (next == nullptr || step.latest < next->latest)
            next = &step;
    }
    return next;
}

} // namespace kaomon::introduction
