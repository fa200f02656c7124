// The largest packet that comes through to a DNS server uncut.
#pragma once

#include "drivers/base/clock.hpp"
#include "tools/clinic/network/resolver.hpp"

#include <string>

namespace kaomon::network {

struct PathMtu {
    int bytes = 0;        // with the IP header; 0: not even `limit` came through
    bool sure = false;    // measured by echo requests; a DNS server may take short questions only
    bool measured = true; // false: nothing that is long could be asked
};

// By echo requests where this computer may send them and the server answers, else by padded questions for
// `name`, which a server without EDNS does not take. `limit` bytes are tried first, `ceiling` (the
// interface's MTU) at most. Blocks for some ten times `patience`. Thread-safe.
PathMtu find_path_mtu(const std::string& server, Edns edns, const std::string& name, int limit, int ceiling,
                      Milliseconds patience);

} // namespace kaomon::network
