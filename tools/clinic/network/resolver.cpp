#include "tools/clinic/network/resolver.hpp"

#include "tools/clinic/network/address.hpp"

#include <algorithm>

namespace kaomon::network {
namespace {

constexpr std::uint16_t dns_port = 53;

// RFC 7766: the question once more over TCP, lengths in front.
std::optional<dns::Answer> ask_whole(const std::string& server, ByteView question, std::uint16_t id,
                                     const std::string& name, dns::Type type, Milliseconds patience) {
    const auto connected = connect_tcp(server, dns_port, patience);
    if (!connected)
        return std::nullopt;
    Bytes framed{static_cast<std::uint8_t>(question.size() >> 8),
                 static_cast<std::uint8_t>(question.size() & 0xFFU)};
    framed.insert(framed.end(), question.begin(), question.end());
    const Instant until = SteadyClock::now() + patience;
    auto got = ask_tcp(*connected, framed, 2, {}, patience);
    while (got && got->answer.size() >= 2) {
        const std::size_t length = static_cast<std::size_t>(got->answer[0]) << 8 | got->answer[1];
        if (got->answer.size() >= 2 + length)
            return dns::read(ByteView(got->answer).subspan(2, length), id, name, type);
        const auto more = receive(connected->socket.get(), until);
        if (!more || more->empty())
            break;
        got->answer.insert(got->answer.end(), more->begin(), more->end());
    }
    return std::nullopt;
}

bool is_good(const Resolved& got) {
    return got.answer && (got.answer->code == dns::found || got.answer->code == dns::no_such_name);
}

} // namespace

Resolved resolve(const std::string& server, Edns edns, const std::string& name, dns::Type type,
                 Milliseconds patience) {
    const auto id = random_number<std::uint16_t>();
    const Bytes question = edns == Edns::yes ? dns::query(id, name, type) : dns::plain_query(id, name, type);
    const auto udp = ask_udp(server, dns_port, question, patience, [&](ByteView message) {
        return dns::read(message, id, name, type).has_value();
    });
    if (!udp)
        return {std::unexpected(udp.error()), 0};
    auto answer = dns::read(udp->answer, id, name, type);
    if (!answer->cut)
        return {std::move(*answer), udp->took_ms};
    const Instant begun = SteadyClock::now();
    auto whole = ask_whole(server, question, id, name, type, patience);
    if (!whole)
        return {std::unexpected(NoReply::failed), udp->took_ms, true};
    const double tcp_ms = std::chrono::duration<double, std::milli>(SteadyClock::now() - begun).count();
    return {std::move(*whole), udp->took_ms + tcp_ms};
}

Resolved resolve(const std::string& server, const std::string& name, dns::Type type, Milliseconds patience) {
    Resolved first = resolve(server, Edns::yes, name, type, patience);
    const bool silent = !first.answer && first.answer.error() == NoReply::no_answer;
    if (is_good(first) || (!first.answer && !silent && !first.cut))
        return first;
    Resolved plain = resolve(server, Edns::no, name, type, patience);
    if (!is_good(plain))
        return first.answer || plain.cut ? first : plain;
    if (silent) { // or was that packet lost?
        if (Resolved again = resolve(server, Edns::yes, name, type, patience); is_good(again))
            return again;
    }
    return plain;
}

std::vector<std::string> Addresses::all() const {
    std::vector<std::string> both = ipv6;
    both.insert(both.end(), ipv4.begin(), ipv4.end());
    return both;
}

Addresses addresses_of(const std::string& server, Edns edns, const std::string& name, Milliseconds patience) {
    Addresses found;
    if (const auto address = read_address(name))
        (address->family == AF_INET6 ? found.ipv6 : found.ipv4) = {name};
    found.heard = !found.ipv4.empty() || !found.ipv6.empty();
    if (found.heard || server.empty())
        return found;
    for (const dns::Type type : {dns::Type::a, dns::Type::aaaa}) {
        const Resolved got = resolve(server, edns, name, type, patience);
        if (!got.answer)
            continue;
        found.heard = true;
        found.code = std::max(found.code, got.answer->code);
        (type == dns::Type::a ? found.ipv4 : found.ipv6) = got.answer->addresses;
    }
    return found;
}

std::expected<Connected, NoReply> connect(const std::string& server, Edns edns, const HostPort& to,
                                          Milliseconds patience) {
    std::expected<Connected, NoReply> last = std::unexpected(NoReply::failed);
    for (const std::string& address : addresses_of(server, edns, to.host, patience).all()) {
        last = connect_tcp(address, to.port, patience);
        if (last)
            break;
    }
    return last;
}

} // namespace kaomon::network
