// The commands under `kaomonctl audit`, each added by a file of its own.
#pragma once

#include "tools/kaomonctl/commands.hpp"

namespace kaomon::kaomonctl {

void add_audit_verify(Commands& commands, CLI::App* group);
void add_audit_show(Commands& commands, CLI::App* group);
void add_audit_export(Commands& commands, CLI::App* group);

} // namespace kaomon::kaomonctl
