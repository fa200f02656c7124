// Files that are the device's alone, or that only an administrator may change.
#pragma once

#include "daemon/config/config.hpp"

namespace kaomon::wiring {

// Nobody but root and the daemon's user may change the configuration, the trust store or what is in the state
// folder, and nobody else may read what is in that. `file`: of the configuration. What is not there is no
// fault. Reason: file_mode_unsafe; the detail names every one, and the command that mends it. Reentrant.
kaomon::Result<void> check_file_modes(const config::Config& config, const std::filesystem::path& file);

} // namespace kaomon::wiring
