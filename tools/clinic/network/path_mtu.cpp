#include "tools/clinic/network/path_mtu.hpp"

#include "tools/clinic/network/dns.hpp"
#include "tools/clinic/network/wire.hpp"

#include <algorithm>
#include <functional>
#include <random>

namespace kaomon::network {
namespace {

constexpr std::uint16_t dns_port = 53;
constexpr int small_packet = 128; // bytes
constexpr int exact_enough = 16;  // bytes

bool question_passes(const std::string& server, const std::string& name, int size, Milliseconds patience) {
    const int headers = server.find(':') == server.npos ? 28 : 48; // IP and UDP
    const auto id = static_cast<std::uint16_t>(std::random_device()());
    const Bytes question = dns::query(id, name, dns::Type::a, static_cast<std::size_t>(size - headers));
    return ask_udp(
               server, dns_port, question, patience,
               [&](ByteView answer) { return dns::read(answer, id, name, dns::Type::a).has_value(); }, true)
        .has_value();
}

} // namespace

PathMtu find_path_mtu(const std::string& server, Edns edns, const std::string& name, int limit, int ceiling,
                      Milliseconds patience) {
    PathMtu found{.bytes = 0, .sure = ping(server, small_packet, patience).has_value()};
    if (!found.sure && edns == Edns::no) {
        found.measured = false;
        return found;
    }
    const auto passes = [&](int size) {
        const auto once = [&] {
            return found.sure ? ping(server, size, patience).has_value()
                              : question_passes(server, name, size, patience);
        };
        return once() || once(); // one lost packet is no MTU: NOLINT(misc-redundant-expression)
    };
    if (!passes(limit))
        return found;
    found.bytes = limit;
    int blocked = ceiling + 1;
    for (const int usual : {ceiling, 1500, 1454, 1400}) { // 1454: PPPoE on a fibre line
        if (usual > found.bytes && usual < blocked)
            (passes(usual) ? found.bytes : blocked) = usual;
    }
    while (blocked - found.bytes > exact_enough) {
        const int middle = (found.bytes + blocked) / 2;
        (passes(middle) ? found.bytes : blocked) = middle;
    }
    return found;
}

} // namespace kaomon::network
