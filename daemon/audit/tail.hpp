// The end of an audit file: all that is needed to go on with it, however long it is.
#pragma once

#include "daemon/audit/chain.hpp"
#include "drivers/base/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kaomon::audit {

struct Tail {
    Chain chain;                   // behind the last line; count 0: the file has none
    std::int64_t time = 0;         // of the last line
    std::uint64_t first = 0;       // number of the file's first line; 0: it is none of ours
    std::uint64_t last_head = 0;   // number of the last line that holds a signed head, if one is in the tail
    std::uint64_t whole_bytes = 0; // up to and with the newline of the last line
    // What follows it: a line that was never finished, or of which a power cut left zeros and the end.
    std::string torn;
    std::string misfit; // where lines of the tail do not fit together; empty: they do
    std::vector<std::pair<std::uint64_t, std::string>> hashes; // number and hash of the lines looked at

    // Of the line with that number; empty where it was not looked at.
    std::string hash_of(std::uint64_t number) const;
};

inline constexpr std::size_t tail_bytes =
    64 * 1024; // looked at: eight lines at the least, some ninety of ours

// Reason: audit_unwritable (the file cannot be read). Reentrant.
Result<Tail> read_tail(int descriptor, std::uint64_t size);
// The same of a file's text; `begins`: the first line begins with it. Reentrant.
Tail tail_of(std::string_view text, bool begins);

} // namespace kaomon::audit
