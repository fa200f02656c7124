// kaomonctl evaluate: what this device's figures are, measured with the daemon's own code on images that
// whoever measures may use. Each kind of evaluation is a file of its own.
#include "tools/kaomonctl/commands.hpp"

namespace kaomon::kaomonctl {

void add_evaluate(Commands& commands) {
    CLI::App* group = commands.add_group(
        "evaluate", "measure error rates with the daemon's own code, on images you may use for that");
    add_evaluate_liveness(commands, *group);
}

} // namespace kaomon::kaomonctl
