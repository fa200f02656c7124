// The middle of many values, and what lies around it.
#pragma once

#include <vector>

namespace kaomon::choose {

// Share 0..1, between the two nearest values in proportion; of none: NaN. Reentrant.
double quantile(std::vector<double> values, double share);
double median(std::vector<double> values);

} // namespace kaomon::choose
