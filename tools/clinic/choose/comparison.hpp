// The candidates beside each other: for machines as JSON, for people as a page on A4.
#pragma once

#include "tools/clinic/choose/ranking.hpp"

#include <span>
#include <string>
#include <string_view>

namespace kaomon::choose {

// {"on", "simulated": [...], "readers": [...], "cameras": [...]}, best first: rank, name, id, grade, reason
// {"ja","en"}, on, simulated, criteria [{word, value, unit, grade}]. Reentrant.
std::string comparison_json(std::span<const Measurement> measurements, Date on);

// Ranking, plots, every criterion of every candidate, and how it was measured. Says on every sheet what was
// simulated. Reentrant.
std::string comparison_page(std::span<const Measurement> measurements, Language language, Date on);

// "合格", "○": with the mark that survives a black and white printer, for a terminal.
std::string_view sign(Grade grade) noexcept;
// What was seen, for people: the criterion's own words, or value and unit.
std::string shown(const Criterion& criterion, Language language);

} // namespace kaomon::choose
