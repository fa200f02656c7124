// The states of a visit as a test reaches and holds them.
#pragma once

#include "tests/component/fault_matrix/faulted_desk.hpp"

#include <span>
#include <string_view>

namespace kaomon::test {

struct Stage {
    std::string_view name;         // of org.kaomon.Device.State
    void (*reach)(FaultedDesk&);   // begins the visit, and something that is slow or missing holds it there
    void (*release)(FaultedDesk&); // and goes on
};

// All but `concluded`, in the order of a visit. Of `idle` the visit is begun by its release.
std::span<const Stage> stages();

} // namespace kaomon::test
