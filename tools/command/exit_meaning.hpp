// What an exit code of a program means, for --help and the manual page.
#pragma once

#include "proto/exit_code.hpp"

#include <string_view>

namespace kaomon::command {

struct ExitMeaning {
    ExitCode code;
    std::string_view ja, en;
};

inline constexpr ExitMeaning wrong_usage{exit_usage, "使い方が違うか、ファイルを読めない",
                                         "wrong usage, or a file that cannot be read"};
inline constexpr ExitMeaning something_found{
    exit_findings, "済んだが、直すところがある: 出力に書いてある",
    "done, and something found is not as it must be: the output says what"};
inline constexpr ExitMeaning device_missing{exit_no_device, "機器がないか、途中で外れた",
                                            "no such device, or it went away during the work"};

} // namespace kaomon::command
