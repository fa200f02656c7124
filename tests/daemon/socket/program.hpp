// Runs a program and takes what it says.
#pragma once

#include <string>
#include <vector>

namespace kaomon::testing {

struct Ended {
    int code = -1; // 128 + signal when killed
    std::string out, err;
};

// `input` goes to its standard input (a pipe), which is then closed. LANG=C, no KAOMON_SOCKET.
Ended run_program(const std::vector<std::string>& command, const std::string& input = {});

} // namespace kaomon::testing
