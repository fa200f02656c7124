// How sure a share of a few is: exact confidence intervals.
#pragma once

#include <cstddef>

namespace kaomon::evaluate {

struct Interval {
    double low = 0, high = 1;
};

// Clopper and Pearson (1934): holds for every true share with at least `confidence`. `hits` of `trials`;
// 0..1 for no trials. Reentrant.
Interval exact_interval(std::size_t hits, std::size_t trials, double confidence = 0.95) noexcept;

} // namespace kaomon::evaluate
