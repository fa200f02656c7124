// How the tools end: one table for --help, the manual page, the reasons and the tests.
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

inline constexpr const char* exit_codes_text =
    "Exit codes:\n"
    "  0  done; verify and check-result: verified, under a valid signature\n"
    "  1  not verified, under a valid signature\n"
    "  2  undecided: nothing is said about the person\n"
    "  3  wrong usage, or a file that cannot be read\n"
    "  4  the daemon cannot be reached, or closed the connection\n"
    "  5  the result is not to be trusted: signature, nonce, time or session do not fit, or a part is\n"
    "     simulated (--allow-simulated)\n"
    "  6  the daemon refused the call (busy, not permitted, invalid parameter)\n"
    "  7  done, and something found is not as it must be: the output says what\n"
    "  8  no such device, or it went away during the work\n";

} // namespace kaomon
