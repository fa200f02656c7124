// The middle of a benchmark's figures.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace kaomon::bench {

// Of at least one value.
inline double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

} // namespace kaomon::bench
