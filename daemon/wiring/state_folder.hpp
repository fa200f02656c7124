// Where the daemon keeps what outlives it, beside the audit record (StateDirectory= of its unit).
#pragma once

#include "daemon/config/config.hpp"

namespace kaomon::wiring {

inline std::filesystem::path state_folder(const config::Config& config) {
    return config.audit.file.parent_path();
}

} // namespace kaomon::wiring
