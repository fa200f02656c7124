#include "tools/clinic/network/host.hpp"

#include "tools/clinic/network/address.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <sstream>

namespace kaomon::network {
namespace {

int mtu_of(const std::string& name) {
    std::ifstream in("/sys/class/net/" + name + "/mtu");
    int mtu = 0;
    in >> mtu;
    if (in)
        return mtu;
    return 1500;
}

bool is_global(const in6_addr& address) {
    return !IN6_IS_ADDR_LINKLOCAL(&address) && !IN6_IS_ADDR_LOOPBACK(&address) &&
           !IN6_IS_ADDR_MULTICAST(&address);
}

void add_address(Interface& interface, const sockaddr& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.sa_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
        const bool link_local =
            (ntohl(v4.sin_addr.s_addr) & 0xFFFF0000U) == 0xA9FE0000U; // 169.254/16, RFC 3927
        if (!link_local && inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size()) != nullptr)
            interface.ipv4.emplace_back(text.data());
    } else if (address.sa_family == AF_INET6) {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
        if (is_global(v6.sin6_addr) &&
            inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size()) != nullptr)
            interface.ipv6.emplace_back(text.data());
    }
}

// Destination and mask of zero in /proc/net/route; ::/0 through a real interface in /proc/net/ipv6_route.
bool default_route(const char* table, bool six) {
    std::ifstream in(table);
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::vector<std::string> columns;
        for (std::string word; words >> word;)
            columns.push_back(word);
        if (!six && columns.size() > 7 && columns[1] == "00000000" && columns[7] == "00000000")
            return true;
        if (six && columns.size() > 9 && columns[0] == std::string(32, '0') && columns[1] == "00" &&
            columns[9] != "lo")
            return true;
    }
    return false;
}

} // namespace

Host look_at_host(const std::string& only, const std::filesystem::path& resolv) {
    Host host;
    ifaddrs* list = nullptr;
    getifaddrs(&list);
    const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> holder(list, freeifaddrs);
    for (const ifaddrs* one = list; one != nullptr; one = one->ifa_next) {
        const std::string name = one->ifa_name;
        if ((one->ifa_flags & IFF_LOOPBACK) != 0 || (!only.empty() && name != only))
            continue;
        auto found = std::ranges::find(host.interfaces, name, &Interface::name);
        if (found == host.interfaces.end()) {
            Interface fresh;
            fresh.name = name;
            fresh.up = (one->ifa_flags & IFF_UP) != 0 && (one->ifa_flags & IFF_RUNNING) != 0;
            fresh.mtu = mtu_of(name);
            host.interfaces.push_back(std::move(fresh));
            found = host.interfaces.end() - 1;
        }
        if (one->ifa_addr != nullptr)
            add_address(*found, *one->ifa_addr);
    }
    host.route4 = default_route("/proc/net/route", false);
    host.route6 = default_route("/proc/net/ipv6_route", true);
    std::ifstream in(resolv);
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string word, value;
        // the C library, too, passes over a server that is no address (resolv.conf(5))
        if (words >> word >> value && word == "nameserver" && read_address(value) &&
            host.resolvers.size() < 8)
            host.resolvers.push_back(value);
    }
    return host;
}

} // namespace kaomon::network
