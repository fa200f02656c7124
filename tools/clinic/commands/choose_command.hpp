// The command below `kaomon-clinic choose` that is a file of its own.
#pragma once

#include "tools/clinic/commands/commands.hpp"

namespace kaomon::clinic {

void add_choose_measure(Commands& commands, CLI::App* group);

} // namespace kaomon::clinic
