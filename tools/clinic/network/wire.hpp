// One question over a socket and its answer, with a deadline. All functions block; none is retried.
// Thread-safe.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/clock.hpp"
#include "drivers/base/unique_fd.hpp"

#include <cstdint>
#include <expected>
#include <random>
#include <string>

namespace kaomon::network {

enum class NoReply : unsigned char { no_route, refused, no_answer, too_large, failed };

struct Exchange {
    Bytes answer;
    double took_ms = 0;
};

// For the ids of questions, which nobody may guess.
template<class Number>
Number random_number() {
    std::random_device source;
    return static_cast<Number>(static_cast<std::uint64_t>(source()) << 32 | source());
}

// `address`: an IPv4 or IPv6 address as text. `whole`: the packet may not be cut on its way (for finding the
// path's MTU); larger than the interface's MTU it is too_large. `accept` tells whether an answer is the one
// waited for.
template<class Accept>
std::expected<Exchange, NoReply> ask_udp(const std::string& address, std::uint16_t port, ByteView question,
                                         Milliseconds patience, Accept accept, bool whole = false);

struct Connected {
    UniqueFd socket;
    double took_ms = 0;
};
std::expected<Connected, NoReply> connect_tcp(const std::string& address, std::uint16_t port,
                                              Milliseconds patience);
// Sends `question` and reads until `enough` bytes, the end, or until `stop` is found in the answer.
std::expected<Exchange, NoReply> ask_tcp(const Connected& connected, ByteView question, std::size_t enough,
                                         std::string_view stop, Milliseconds patience);

// Whether an echo request of `size` bytes (its IP header with it) comes through uncut and back; through the
// kernel's ping socket, which needs no privilege where net.ipv4.ping_group_range allows it (else: failed).
std::expected<void, NoReply> ping(const std::string& address, int size, Milliseconds patience);

// The parts of ask_udp that are no template.
std::expected<UniqueFd, NoReply> send_udp(const std::string& address, std::uint16_t port, ByteView question,
                                          bool whole);
std::expected<Bytes, NoReply> receive(int socket, Instant until);

template<class Accept>
std::expected<Exchange, NoReply> ask_udp(const std::string& address, std::uint16_t port, ByteView question,
                                         Milliseconds patience, Accept accept, bool whole) {
    const Instant begun = SteadyClock::now();
    const auto socket = send_udp(address, port, question, whole);
    if (!socket)
        return std::unexpected(socket.error());
    while (true) {
        auto answer = receive(socket->get(), begun + patience);
        if (!answer)
            return std::unexpected(answer.error());
        if (accept(ByteView(*answer)))
            return Exchange{std::move(*answer),
                            std::chrono::duration<double, std::milli>(SteadyClock::now() - begun).count()};
    }
}

} // namespace kaomon::network
