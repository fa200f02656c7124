// What goes wrong at a desk, and how it is mended.
#pragma once

#include "tests/component/fault_matrix/faulted_desk.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace kaomon::test {

enum class Part : std::uint8_t { card, reader, camera, caller, device };

struct Fault {
    std::string_view name;
    Part part;
    std::string_view matters_in;  // the state in which it matters most; empty: too slow for the sample
    void (*inject)(FaultedDesk&); // in any state of a visit, and between two
    void (*heal)(FaultedDesk&) = [](FaultedDesk&) {}; // beyond FaultedDesk::recover()
    bool needs_disk = false;                          // a disk of its own, which only root can have
};

std::span<const Fault> faults();

} // namespace kaomon::test
