// The words of a report for people: Japanese for staff with the term of the standards beside it, English.
#pragma once

#include "tools/evaluate/report.hpp"

namespace kaomon::evaluate {

// The same in both languages: numbers, names of policies.
Text same(const std::string& text);

Text score_name(match::ScoreKind kind); // of a score
Text sides(const Comparisons& one);     // "card x live, normalised score"
Text views(std::size_t count);          // "k = 2"
Text group_name(const std::string& name);
Text threshold_name(const AtThreshold& at); // of a policy, or why this threshold
// Of a quality measure and of a step, by their names in the report; unknown ones as they are.
Text measure_name(const std::string& measure);
Text step_name(const std::string& step);

} // namespace kaomon::evaluate
