#include "tools/clinic/network/wire.hpp"

#include "tools/clinic/network/address.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace kaomon::network {
namespace {

NoReply no_reply_of(int error) {
    switch (error) {
    case ECONNREFUSED:
        return NoReply::refused;
    case ENETUNREACH:
    case EHOSTUNREACH:
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
    case ENETDOWN:
    case ENODEV: // a scope that is no interface of this computer
    case EINVAL: // a link-local address without its scope
        return NoReply::no_route;
    case EMSGSIZE:
        return NoReply::too_large;
    case ETIMEDOUT:
        return NoReply::no_answer;
    default:
        return NoReply::failed;
    }
}

// True once the socket has what is waited for.
bool wait_for(int socket, short events, Instant until) {
    while (true) {
        const auto left = std::chrono::duration_cast<Milliseconds>(until - SteadyClock::now()).count();
        if (left <= 0)
            return false;
        pollfd waiting{socket, events, 0};
        const int ready = poll(&waiting, 1, static_cast<int>(left));
        if (ready > 0)
            return true;
        if (ready < 0 && errno != EINTR)
            return false;
    }
}

// Packets are not cut, here or on the way, and the kernel's own memory of the path is not asked.
void set_whole(int socket, int family) {
    constexpr int four = IP_PMTUDISC_PROBE, six = IPV6_PMTUDISC_PROBE;
    if (family == AF_INET)
        setsockopt(socket, IPPROTO_IP, IP_MTU_DISCOVER, &four, sizeof four);
    else
        setsockopt(socket, IPPROTO_IPV6, IPV6_MTU_DISCOVER, &six, sizeof six);
}

} // namespace

std::expected<UniqueFd, NoReply> send_udp(const std::string& address, std::uint16_t port, ByteView question,
                                          bool whole) {
    const Address to = read_address(address, port).value_or(Address{});
    UniqueFd socket(::socket(to.family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (to.family == AF_UNSPEC || !socket)
        return std::unexpected(NoReply::failed);
    if (whole)
        set_whole(socket.get(), to.family);
    if (connect(socket.get(), reinterpret_cast<const sockaddr*>(&to.storage), to.size) != 0 ||
        send(socket.get(), question.data(), question.size(), MSG_NOSIGNAL) < 0)
        return std::unexpected(no_reply_of(errno));
    return socket;
}

std::expected<void, NoReply> ping(const std::string& address, int size, Milliseconds patience) {
    constexpr std::uint8_t echo_request = 8, echo_request6 = 128; // RFC 792, RFC 4443
    const Address to = read_address(address).value_or(Address{});
    const bool six = to.family == AF_INET6;
    const int headers = six ? 48 : 28; // IP and ICMP
    const UniqueFd socket(::socket(to.family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
                                   six ? static_cast<int>(IPPROTO_ICMPV6) : static_cast<int>(IPPROTO_ICMP)));
    if (to.family == AF_UNSPEC || !socket || size < headers)
        return std::unexpected(NoReply::failed);
    set_whole(socket.get(), to.family);
    Bytes request(static_cast<std::size_t>(size - headers + 8), 0);
    request[0] = six ? echo_request6 : echo_request; // identifier and checksum are the kernel's
    if (connect(socket.get(), reinterpret_cast<const sockaddr*>(&to.storage), to.size) != 0 ||
        send(socket.get(), request.data(), request.size(), MSG_NOSIGNAL) < 0)
        return std::unexpected(no_reply_of(errno));
    const auto answer = receive(socket.get(), SteadyClock::now() + patience);
    return answer ? std::expected<void, NoReply>() : std::unexpected(answer.error());
}

std::expected<Bytes, NoReply> receive(int socket, Instant until) {
    if (!wait_for(socket, POLLIN, until))
        return std::unexpected(NoReply::no_answer);
    Bytes answer(65536);
    const ssize_t got = recv(socket, answer.data(), answer.size(), 0);
    if (got < 0)
        return std::unexpected(no_reply_of(errno));
    answer.resize(static_cast<std::size_t>(got));
    return answer;
}

std::expected<Connected, NoReply> connect_tcp(const std::string& address, std::uint16_t port,
                                              Milliseconds patience) {
    const Instant begun = SteadyClock::now();
    const Address to = read_address(address, port).value_or(Address{});
    UniqueFd socket(::socket(to.family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (to.family == AF_UNSPEC || !socket)
        return std::unexpected(NoReply::failed);
    if (connect(socket.get(), reinterpret_cast<const sockaddr*>(&to.storage), to.size) != 0) {
        if (errno != EINPROGRESS)
            return std::unexpected(no_reply_of(errno));
        if (!wait_for(socket.get(), POLLOUT, begun + patience))
            return std::unexpected(NoReply::no_answer);
        int error = 0;
        socklen_t size = sizeof error;
        if (getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0)
            return std::unexpected(no_reply_of(error));
    }
    return Connected{std::move(socket),
                     std::chrono::duration<double, std::milli>(SteadyClock::now() - begun).count()};
}

std::expected<Exchange, NoReply> ask_tcp(const Connected& connected, ByteView question, std::size_t enough,
                                         std::string_view stop, Milliseconds patience) {
    const Instant begun = SteadyClock::now();
    if (send(connected.socket.get(), question.data(), question.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(question.size()))
        return std::unexpected(no_reply_of(errno)); // a short question fits into an empty socket at once
    Exchange exchange;
    while (exchange.answer.size() < enough) {
        const auto more = receive(connected.socket.get(), begun + patience);
        if (!more)
            return std::unexpected(more.error());
        if (more->empty())
            break;
        exchange.answer.insert(exchange.answer.end(), more->begin(), more->end());
        const std::string_view text(reinterpret_cast<const char*>(exchange.answer.data()),
                                    exchange.answer.size());
        if (!stop.empty() && text.find(stop) != std::string_view::npos)
            break;
    }
    exchange.took_ms = std::chrono::duration<double, std::milli>(SteadyClock::now() - begun).count();
    return exchange;
}

} // namespace kaomon::network
