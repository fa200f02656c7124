// Where the parts of the package lie that a configuration names: installed, or in the tree that was built.
#pragma once

#include "daemon/config/config.hpp"

namespace kaomon::wiring {

// For tools, which run from a build tree too: where models and the photograph's worker are named as the
// package installs them and are not there, they are looked for above this program. The daemon takes its
// configuration at its word.
config::Config found(config::Config config);

} // namespace kaomon::wiring
