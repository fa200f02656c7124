// The command below `kaomonctl choose` that is a file of its own.
#pragma once

#include "tools/kaomonctl/commands.hpp"

namespace kaomon::kaomonctl {

void add_choose_measure(Commands& commands, CLI::App* group);

} // namespace kaomon::kaomonctl
