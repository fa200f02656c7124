// From acquired samples to a report.
#pragma once

#include "tools/evaluate/acquisition.hpp"
#include "tools/evaluate/report.hpp"

namespace kaomon::evaluate {

struct EvaluationSettings {
    bool card = false;
    std::size_t views = 1; // fused, at most
    std::optional<match::Population> population;
    unsigned threads = 1;
    std::size_t draws = 300; // of people, for the intervals
    std::function<void(const std::string& what)> progress = {};
};

// Fills groups, acquisition, speed and comparisons; date, model and the rest are the caller's. Reentrant.
Report evaluate(const List& list, const std::vector<Sample>& samples, const EvaluationSettings& settings);

} // namespace kaomon::evaluate
