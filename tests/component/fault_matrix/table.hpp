// The cells as a person reads them: a line for each fault, a column for each state.
#pragma once

#include "tests/component/fault_matrix/cell.hpp"

#include <span>
#include <string>

namespace kaomon::test {

std::string print(std::span<const Cell> cells);

} // namespace kaomon::test
