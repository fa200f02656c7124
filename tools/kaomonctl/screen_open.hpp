// The command `open` below `kaomonctl screen`.
#pragma once

#include "tools/kaomonctl/commands.hpp"

namespace kaomon::kaomonctl {

void add_screen_open(Commands& commands, CLI::App* group);

} // namespace kaomon::kaomonctl
