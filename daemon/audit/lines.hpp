// Reads an audit file through its chain.
#pragma once

#include "daemon/audit/chain.hpp"
#include "drivers/base/result.hpp"

#include <string>

namespace kaomon::audit {

struct Lines {
    Chain chain;
    std::uint64_t whole_bytes = 0; // up to and with the last newline
    std::string torn;              // what follows it: a line that was never finished
};

// From the start of an open file, in blocks. Reasons: audit_broken; audit_unwritable when it cannot be read.
// Reentrant.
Result<Lines> read_lines(int descriptor);

} // namespace kaomon::audit
