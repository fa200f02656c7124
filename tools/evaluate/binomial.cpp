#include "tools/evaluate/binomial.hpp"

#include <algorithm>
#include <cmath>

namespace kaomon::evaluate {
namespace {

// P(X <= hits) of a binomial distribution.
double at_most(std::size_t hits, std::size_t trials, double share) {
    if (share <= 0 || hits >= trials)
        return 1;
    if (share >= 1)
        return 0;
    const auto n = static_cast<double>(trials);
    double sum = 0;
    for (std::size_t i = 0; i <= hits; ++i) {
        const auto k = static_cast<double>(i);
        sum += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) +
                        k * std::log(share) + (n - k) * std::log1p(-share));
    }
    return std::min(1.0, sum);
}

// The share at which a falling function of it goes below `limit`.
template<class Falling>
double where(Falling falling, double limit) {
    double low = 0, high = 1;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (falling(middle) >= limit ? low : high) = middle;
    }
    return (low + high) / 2;
}

} // namespace

Interval exact_interval(std::size_t hits, std::size_t trials, double confidence) noexcept {
    if (trials == 0 || hits > trials)
        return {};
    const double tail = (1 - confidence) / 2;
    Interval interval;
    if (hits > 0)
        interval.low = where([&](double share) { return at_most(hits - 1, trials, share); }, 1 - tail);
    if (hits < trials)
        interval.high = where([&](double share) { return at_most(hits, trials, share); }, tail);
    return interval;
}

} // namespace kaomon::evaluate
