#include "tools/network/resolver.hpp"

#include <algorithm>

namespace kaomon::network {
namespace {

constexpr std::uint16_t dns_port = 53;

} // namespace

Resolved resolve(const std::string& server, const std::string& name, dns::Type type, Milliseconds patience) {
    const auto id = random_number<std::uint16_t>();
    const Bytes question = dns::query(id, name, type);
    const auto udp = ask_udp(server, dns_port, question, patience, [&](ByteView message) {
        return dns::read(message, id, name, type).has_value();
    });
    if (!udp)
        return {std::unexpected(udp.error()), 0};
    auto answer = dns::read(udp->answer, id, name, type);
    if (!answer->cut)
        return {std::move(*answer), udp->took_ms};
    // RFC 7766: an answer that was cut is asked for again over TCP, with its length in front.
    Bytes framed{static_cast<std::uint8_t>(question.size() >> 8),
                 static_cast<std::uint8_t>(question.size() & 0xFFU)};
    framed.insert(framed.end(), question.begin(), question.end());
    const auto connected = connect_tcp(server, dns_port, patience);
    if (!connected)
        return {std::unexpected(connected.error()), 0};
    const auto whole = ask_tcp(*connected, framed, 14, {}, patience);
    auto long_answer = whole && whole->answer.size() > 2
                           ? dns::read(ByteView(whole->answer).subspan(2), id, name, type)
                           : std::nullopt;
    if (!long_answer)
        return {std::unexpected(whole ? NoReply::failed : whole.error()), 0};
    return {std::move(*long_answer), udp->took_ms + whole->took_ms};
}

std::vector<std::string> Addresses::all() const {
    std::vector<std::string> both = ipv6;
    both.insert(both.end(), ipv4.begin(), ipv4.end());
    return both;
}

Addresses addresses_of(const std::string& server, const std::string& name, Milliseconds patience) {
    Addresses found;
    if (name.find(':') != name.npos)
        found.ipv6 = {name};
    else if (name.find_first_not_of("0123456789.") == name.npos)
        found.ipv4 = {name};
    found.heard = !found.ipv4.empty() || !found.ipv6.empty();
    if (found.heard || server.empty())
        return found;
    for (const dns::Type type : {dns::Type::a, dns::Type::aaaa}) {
        const Resolved got = resolve(server, name, type, patience);
        if (!got.answer)
            continue;
        found.heard = true;
        found.code = std::max(found.code, got.answer->code);
        (type == dns::Type::a ? found.ipv4 : found.ipv6) = got.answer->addresses;
    }
    return found;
}

std::expected<Connected, NoReply> connect(const std::string& server, const HostPort& to,
                                          Milliseconds patience) {
    std::expected<Connected, NoReply> last = std::unexpected(NoReply::failed);
    for (const std::string& address : addresses_of(server, to.host, patience).all()) {
        last = connect_tcp(address, to.port, patience);
        if (last)
            break;
    }
    return last;
}

} // namespace kaomon::network
