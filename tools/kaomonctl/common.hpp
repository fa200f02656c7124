// What every command of kaomonctl knows.
#pragma once

#include "tools/command/options.hpp"

#include <string>

namespace kaomon::kaomonctl {

struct Common : command::Options { // in the language of the environment: engineers use it too
    std::string socket = "/run/kaomon/kaomon.sock";
};

} // namespace kaomon::kaomonctl
