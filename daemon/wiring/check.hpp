// Could a daemon begin with this configuration?
#pragma once

#include "daemon/config/config.hpp"
#include "daemon/socket/peer.hpp"

namespace kaomon::wiring {

// What a person may have changed: modes of files, trust store, models, population file. `file`: of the
// configuration. Opens no device and writes nothing. Reasons: file_mode_unsafe, those of loading.
kaomon::Result<void> check(const config::Config& config, const std::filesystem::path& file);

// Who may do what, as configured. Reentrant.
socket::Permissions permissions_of(const config::Socket& socket);

} // namespace kaomon::wiring
