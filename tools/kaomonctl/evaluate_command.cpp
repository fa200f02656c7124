// kaomonctl evaluate: what this device's figures are, measured with the daemon's own code on images that
// whoever measures may use.
#include "tools/kaomonctl/evaluate_command.hpp"

namespace kaomon::kaomonctl {

void add_evaluate(Commands& commands) {
    CLI::App* group = commands.add_group(
        "evaluate", "measure error rates with the daemon's own code, on images you may use for that");
    add_evaluate_match(commands, group);
    add_evaluate_liveness(commands, group);
    add_evaluate_population(commands, group);
    add_evaluate_fusion(commands, group);
}

} // namespace kaomon::kaomonctl
