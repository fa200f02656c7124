#include "tools/clinic/network/address.hpp"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

#include <charconv>
#include <cstring>
#include <limits>

namespace kaomon::network {
namespace {

constexpr std::uint32_t no_such_interface = std::numeric_limits<std::uint32_t>::max();

// The interface's number; empty for what can be neither a name nor a number.
std::optional<std::uint32_t> scope_of(const std::string& zone) {
    if (zone.empty() || zone.size() >= IF_NAMESIZE || zone.find_first_of("/ %") != zone.npos)
        return std::nullopt;
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(zone.data(), zone.data() + zone.size(), number);
    if (error == std::errc() && end == zone.data() + zone.size())
        return number;
    number = if_nametoindex(zone.c_str());
    return number != 0 ? number : no_such_interface;
}

} // namespace

std::optional<Address> read_address(const std::string& text, std::uint16_t port) {
    Address found;
    sockaddr_in v4{};
    if (inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        std::memcpy(&found.storage, &v4, sizeof v4);
        found.size = sizeof v4;
        found.family = AF_INET;
        return found;
    }
    sockaddr_in6 v6{};
    const auto percent = text.find('%');
    if (inet_pton(AF_INET6, text.substr(0, percent).c_str(), &v6.sin6_addr) != 1)
        return std::nullopt;
    if (percent != text.npos) {
        const auto scope = scope_of(text.substr(percent + 1));
        if (!scope)
            return std::nullopt;
        v6.sin6_scope_id = *scope;
    }
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&found.storage, &v6, sizeof v6);
    found.size = sizeof v6;
    found.family = AF_INET6;
    return found;
}

} // namespace kaomon::network
