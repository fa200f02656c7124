// Reads an audit file through its chain.
#pragma once

#include "daemon/audit/chain.hpp"
#include "drivers/base/result.hpp"

#include <string>

namespace kaomon::audit {

struct Lines {
    Chain chain;
    std::uint64_t whole_bytes = 0; // up to and with the newline of the last sound line
    // What follows it: a line that was never finished, or of which a power cut left zeros and the end.
    std::string torn;
};

// From the start of an open file, in blocks. Reasons: audit_broken; audit_unwritable when it cannot be read.
// Reentrant.
Result<Lines> read_lines(int descriptor);

} // namespace kaomon::audit
