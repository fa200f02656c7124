#include "tests/drivers/card/pcsc/vpcd_card.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <stdexcept>

namespace kaomon::test {
namespace {

// vpcd writes length and payload one by one; without an immediate ACK each APDU takes 40 ms (Nagle's
// algorithm).
bool receive(int fd, std::uint8_t* at, std::size_t size) {
    while (size > 0) {
        const int one = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &one, sizeof one);
        const auto got = recv(fd, at, size, 0);
        if (got <= 0)
            return false;
        at += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

bool reply(int fd, ByteView bytes) {
    SecretBytes message{static_cast<std::uint8_t>(bytes.size() >> 8),
                        static_cast<std::uint8_t>(bytes.size() & 0xFF)};
    message.insert(message.end(), bytes.begin(), bytes.end());
    return send(fd, message.data(), message.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(message.size());
}

} // namespace

const Bytes VpcdCard::usual_atr{0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14};
const Bytes VpcdCard::t0_atr{0x3B, 0x02, 0x14, 0x50};
const Bytes VpcdCard::contactless_atr{0x3B, 0x88, 0x80, 0x01, 0x00, 0x00, 0x00,
                                      0x00, 0x33, 0x81, 0x81, 0x00, 0x3A};

VpcdCard::VpcdCard(std::uint16_t port, Answer answer, bool mute, Bytes atr)
    : answer_(std::move(answer)), mute_(mute), atr_(std::move(atr)) {
    connection_.reset(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(connection_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error("no virtual reader at that port");
    }
    thread_ = std::thread([this] { serve(); });
}

void VpcdCard::pull() {
    shutdown(connection_.get(), SHUT_RDWR);
    if (thread_.joinable())
        thread_.join();
    connection_.reset();
}

void VpcdCard::serve() {
    constexpr std::uint8_t off = 0, on = 1, reset = 2, get_atr = 4; // vpcd's control bytes
    // longer than an answer to reset can be: vpcd takes it for none (an empty one would be a card that left)
    const Bytes nonsense(64, 0x00);
    bool switched_on =
        false; // and the answer to reset is asked for next; otherwise it is asked to see if we are there
    const int fd = connection_.get();
    std::uint8_t head[2];
    while (receive(fd, head, 2)) {
        SecretBytes message(static_cast<std::size_t>(head[0] << 8 | head[1]));
        if (message.empty() || !receive(fd, message.data(), message.size()))
            break;
        if (message.size() > 1) {
            const SecretBytes answer = answer_(message);
            if (answer.empty() || !reply(fd, answer))
                break;
        } else if (message[0] == get_atr) {
            if (!reply(fd, mute_ && switched_on ? nonsense : atr_))
                break;
        } else if (message[0] == reset || message[0] == off) {
            ++resets_;
        }
        switched_on = message.size() == 1 && (message[0] == on || message[0] == reset);
    }
    shutdown(fd, SHUT_RDWR);
}

} // namespace kaomon::test
