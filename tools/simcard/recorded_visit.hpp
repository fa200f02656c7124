// A whole visit, face and then PIN, recorded from a simulated card and played back to the driver.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/result.hpp"
#include "tools/cardtrace/recording.hpp"

#include <string>

namespace kaomon::tools::simcard {

// Without times: nothing is measured here, and the same kind, seed and day give the same text. Reasons:
// parameter_invalid (no such kind), internal_error.
Result<cardtrace::Recording> record_visit(const std::string& kind, std::uint64_t seed, Date day);

struct Replayed {
    std::string reading;
    std::size_t left = 0; // exchanges that the driver did not ask for any more
};
// Reasons: parameter_invalid (not of a simulated card, or of no kind there is), internal_error.
Result<Replayed> replay_visit(const cardtrace::Recording& recording);

} // namespace kaomon::tools::simcard
