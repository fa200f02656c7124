// The commands below `kaomonctl evaluate`, each in a file of its own.
#pragma once

#include "tools/kaomonctl/commands.hpp"

namespace kaomon::kaomonctl {

void add_evaluate_fusion(Commands& commands, CLI::App* group);
void add_evaluate_liveness(Commands& commands, CLI::App* group);
void add_evaluate_match(Commands& commands, CLI::App* group);
void add_evaluate_population(Commands& commands, CLI::App* group);

} // namespace kaomon::kaomonctl
