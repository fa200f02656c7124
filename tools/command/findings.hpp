// Findings on the terminal and for machines.
#pragma once

#include "tools/finding/finding.hpp"

#include <boost/json/array.hpp>

#include <span>

namespace kaomon::command {

boost::json::array findings_json(std::span<const Finding> findings, Language language);
void print_findings(std::span<const Finding> findings, Language language); // to standard output

} // namespace kaomon::command
