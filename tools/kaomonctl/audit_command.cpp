// kaomonctl audit: the record of decisions. It reads the files themselves and needs no daemon.
#include "tools/kaomonctl/audit_commands.hpp"

namespace kaomon::kaomonctl {

void add_audit(Commands& commands) {
    CLI::App* group =
        commands.add_group("audit", "the record of every decision (root, or the daemon's user)");
    add_audit_verify(commands, group);
    add_audit_show(commands, group);
    add_audit_export(commands, group);
}

} // namespace kaomon::kaomonctl
