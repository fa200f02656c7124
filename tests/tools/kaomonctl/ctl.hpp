// Runs the real kaomonctl.
#pragma once

#include "tests/daemon/socket/program.hpp"
#include "tests/daemon/socket/signing_desk.hpp"

namespace kaomon::testing {

inline Ended ctl(const ServedDesk& desk, std::vector<std::string> arguments, const std::string& input = {}) {
    arguments.insert(arguments.begin(), {KAOMON_BINARY_DIR "/bin/kaomonctl", "--socket", desk.path()});
    return run_program(arguments, input);
}

} // namespace kaomon::testing
