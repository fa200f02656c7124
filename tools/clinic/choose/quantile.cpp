#include "tools/clinic/choose/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kaomon::choose {

double quantile(std::vector<double> values, double share) {
    if (values.empty())
        return std::numeric_limits<double>::quiet_NaN();
    std::ranges::sort(values);
    const double at = std::clamp(share, 0.0, 1.0) * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(at));
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (values[above] - values[below]) * (at - static_cast<double>(below));
}

double median(std::vector<double> values) {
    return quantile(std::move(values), 0.5);
}

} // namespace kaomon::choose
