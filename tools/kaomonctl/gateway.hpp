// What the commands of kaomonctl gateway share.
#pragma once

#include "tools/kaomonctl/commands.hpp"

#include <memory>
#include <string>
#include <vector>

namespace kaomon::kaomonctl {

struct GatewayOptions {
    std::string gateway_config, config; // the gateway's and the daemon's; empty: the installed ones
    bool no_service = false;
    std::string name; // of a peer, or its serial
    std::string role = "system";
    std::vector<std::string> staff; // ids for whom the peer may speak
};

// pair, list, revoke
void add_gateway_peers(Commands& commands, CLI::App* group, const std::shared_ptr<GatewayOptions>& options);

} // namespace kaomon::kaomonctl
