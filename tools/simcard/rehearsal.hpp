// A visit with a simulated card in this process: issued by kind, seed and day, and read as the desk reads it.
#pragma once

#include "drivers/card/simulated/kind.hpp"
#include "drivers/card/simulated/simulated_reader.hpp"
#include "tools/cardtrace/reading.hpp"

#include <memory>
#include <string>

namespace kaomon::tools::simcard {

struct Rehearsal {
    std::shared_ptr<card::simulated::SimulatedReader> reader; // the card lies on it
    cardtrace::Visit visit; // with its number, its PIN, and its issuer trusted
};

// The holder is the made-up one, the portrait nobody's. Reasons: parameter_invalid (no such kind),
// internal_error.
Result<Rehearsal> rehearse(const std::string& kind, std::uint64_t seed, Date day);

} // namespace kaomon::tools::simcard
