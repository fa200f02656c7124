// What this computer says of its own network: interfaces, addresses, routes, resolver.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kaomon::network {

struct Interface {
    std::string name;
    bool up = false;                     // switched on, and a cable or a radio behind it
    int mtu = 0;                         // bytes
    std::vector<std::string> ipv4, ipv6; // global addresses, as text
};

struct Host {
    std::vector<Interface> interfaces;   // without the loopback
    bool route4 = false, route6 = false; // a default route
    std::vector<std::string> resolvers;  // of resolv.conf, with their scope: "fe80::53%eth0"
};

// `only`: one interface by name; empty: all. Reentrant.
Host look_at_host(const std::string& only, const std::filesystem::path& resolv = "/etc/resolv.conf");

} // namespace kaomon::network
