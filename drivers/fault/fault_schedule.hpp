// Faults that wait for their command APDU or frame (`after N`).
#pragma once

#include "drivers/fault/fault.hpp"

#include <vector>

namespace kaomon::fault {

// Thread-bound.
class FaultSchedule {
  public:
    // Gives the fault back when it applies at once, keeps it when it is to wait. `clear` drops what waits.
    std::optional<Fault> add(const Fault& fault);
    // A command APDU or frame has come: the faults that apply from this one on, in the order they were given.
    std::vector<Fault> arrive();

  private:
    std::vector<Fault> waiting_; // `after` counts down
};

} // namespace kaomon::fault
