// One fault in one state: what was seen, and whether it was to be.
#pragma once

#include "tests/component/fault_matrix/census.hpp"
#include "tests/component/fault_matrix/fault.hpp"
#include "tests/component/fault_matrix/stage.hpp"

#include <string>
#include <vector>

namespace kaomon::test {

struct Cell {
    std::string_view fault, stage;
    std::string outcome;            // "verified", or a reason
    double seconds = 0;             // from the fault to the end of the visit
    std::vector<std::string> wrong; // empty: all is as expected
};

// What the daemon holds between two visits, in the life that it has now.
struct Baseline {
    pid_t process = -1;
    Census first, last;
};

// `visits_after`: a whole visit must succeed when the fault is mended.
Cell run_cell(FaultedDesk& desk, const Fault& fault, const Stage& stage, Baseline& baseline,
              bool visits_after);

} // namespace kaomon::test
