// How the tools end. What a code means to the user of a program stands in that program
// (tools/command/exit_meaning.hpp).
#pragma once

namespace kaomon {

enum ExitCode : int {
    exit_ok = 0,
    exit_not_verified = 1,
    exit_undecided = 2,
    exit_usage = 3,
    exit_unreachable = 4,
    exit_result_invalid = 5,
    exit_refused = 6,
    exit_findings = 7,
    exit_no_device = 8,
};

} // namespace kaomon
