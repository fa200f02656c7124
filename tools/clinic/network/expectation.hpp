// What a line must do: data that ages, read from expectations.toml.
#pragma once

#include "tools/words/day.hpp"
#include "tools/words/trouble.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::network {

struct HostPort {
    std::string host; // a name or an address
    std::uint16_t port = 0;
};

struct Expectation {
    std::string line; // ipvpn-east, ...
    Text name;
    bool ipv4 = false, ipv6 = false;
    std::vector<std::string> dns; // addresses; empty: the system's own
    std::vector<std::string> names;
    std::vector<HostPort> hosts;
    std::optional<HostPort> proxy, proxy_target;
    std::string ntp; // empty: not checked
    bool closed = false;
    double clock_limit = 1;    // seconds
    double answer_limit = 500; // milliseconds
    int mtu_limit = 1280;      // bytes; RFC 8200 asks for 1280 at least
    Text source;
    Date seen{};
};

// Word: expectations_invalid. Reentrant.
Outcome<std::vector<Expectation>> parse(std::string_view toml);
const std::vector<Expectation>& built_in();

} // namespace kaomon::network
