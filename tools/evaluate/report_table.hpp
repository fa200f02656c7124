// The tables of a report as texts, for every form that shows tables: terminal and Markdown in English, the
// page in the reader's language.
#pragma once

#include "tools/evaluate/report.hpp"

namespace kaomon::evaluate {

struct Table {
    Text caption;
    std::vector<Text> columns;
    std::vector<std::vector<Text>> rows; // the first cell is the row's name
};

// Reentrant.
std::vector<Table> tables_of(const Report& report);

// "4.0 % (3.1–5.2)": percent with two digits that count; "–" where nothing is known.
std::string percent(const std::optional<Rate>& rate);
// "1.2e-4 (0.9e-4–1.6e-4)"
std::string scientific(const std::optional<Rate>& rate);

} // namespace kaomon::evaluate
