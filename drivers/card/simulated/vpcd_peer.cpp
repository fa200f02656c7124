#include "drivers/card/simulated/vpcd_peer.hpp"

#include "drivers/card/simulated/apdu_line.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace kaomon::card::simulated {
namespace {

constexpr Milliseconds between_tries{50};
// pcscd looks at vpcd every 400 ms. A card that is back before it looked was never away for it, and one that
// was pulled out of an exchange then stays unusable. No hand is that quick either.
constexpr Milliseconds shortest_absence{600};
constexpr int longest_connect = 1000; // milliseconds
constexpr int longest_send = 5000;    // milliseconds

bool send_all(int descriptor, ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent > 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(sent));
        } else if (sent < 0 && errno == EAGAIN) {
            pollfd wait{descriptor, POLLOUT, 0};
            if (poll(&wait, 1, longest_send) <= 0)
                return false;
        } else if (sent == 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

void set(int descriptor, int option) {
    const int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, option, &on, sizeof on);
}

UniqueFd dial(const std::string& host, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1)
        return {};
    UniqueFd descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!descriptor)
        return {};
    if (::connect(descriptor.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        pollfd wait{descriptor.get(), POLLOUT, 0};
        int error = 0;
        socklen_t size = sizeof error;
        if (errno != EINPROGRESS || poll(&wait, 1, longest_connect) <= 0 ||
            getsockopt(descriptor.get(), SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0) {
            return {};
        }
    }
    set(descriptor.get(), TCP_NODELAY);
    return descriptor;
}

} // namespace

void VpcdPeer::run(int stop) {
    while (true) {
        if (!socket_ && condition_.reachable() && SteadyClock::now() >= next_try_)
            connect();
        std::array<pollfd, 3> wait{
            pollfd{stop, POLLIN, 0}, pollfd{faults_ ? faults_->descriptor() : -1, POLLIN, 0},
            pollfd{socket_.get(), static_cast<short>(pending_ ? POLLRDHUP : POLLIN), 0}};
        poll(wait.data(), wait.size(), poll_timeout());
        if (wait[0].revents != 0)
            break;
        if (faults_ && wait[1].revents != 0)
            take_faults();
        if (pending_) {
            if ((wait[2].revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0) {
                disconnect("pcscd closed the connection");
            } else if (SteadyClock::now() >= pending_->due) {
                send_due();
            }
        } else if (socket_ && wait[2].revents != 0) {
            receive();
        }
    }
    disconnect("ending");
}

int VpcdPeer::poll_timeout() const {
    std::optional<Instant> until;
    if (pending_)
        until = pending_->due;
    else if (!socket_ && condition_.reachable())
        until = next_try_;
    if (!until)
        return -1;
    const auto left = std::chrono::ceil<Milliseconds>(*until - SteadyClock::now()).count();
    return static_cast<int>(std::max<long>(left, 0));
}

void VpcdPeer::connect() {
    socket_ = dial(options_.host, options_.port);
    next_try_ = SteadyClock::now() + between_tries;
    if (!socket_)
        return;
    card_.reset();
    frames_.clear();
    powering_up_ = false;
    if (!std::exchange(on_reader_, true))
        options_.report("card on the reader");
}

void VpcdPeer::disconnect(std::string_view why) {
    pending_.reset();
    if (!socket_)
        return;
    socket_.reset();
    card_.reset();
    on_reader_ = false;
    next_try_ = SteadyClock::now() + shortest_absence;
    options_.report("card off the reader: " + std::string(why));
}

void VpcdPeer::take_faults() {
    for (const fault::Fault& fault : faults_->take()) {
        if (const auto now = schedule_.add(fault))
            apply(*now);
    }
}

void VpcdPeer::apply(const fault::Fault& fault) {
    const bool was_mute = condition_.mute;
    condition_.apply(fault);
    options_.report("fault: " + std::string(word(fault.verb)));
    // A card that falls silent, or finds its voice, is powered anew: readers notice by taking it off and on.
    if (!condition_.reachable())
        disconnect("pulled");
    else if (was_mute != condition_.mute)
        disconnect("to be powered anew");
}

void VpcdPeer::receive() {
    std::array<std::uint8_t, 4096> piece;
    // vpcd sends length and payload apart, without TCP_NODELAY: a delayed acknowledgement would cost 40 ms an
    // APDU. The kernel forgets the option, so it is set before every recv().
    set(socket_.get(), TCP_QUICKACK);
    const ssize_t got = ::recv(socket_.get(), piece.data(), piece.size(), 0);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
        return disconnect("pcscd closed the connection");
    if (got < 0)
        return;
    frames_.feed({piece.data(), static_cast<std::size_t>(got)});
    wipe(piece.data(), piece.size());
    while (socket_ && !pending_) {
        const auto payload = frames_.next();
        if (!payload)
            break;
        handle(*payload);
    }
}

void VpcdPeer::handle(ByteView payload) {
    if (payload.size() == 1)
        return control(payload[0]);
    if (payload.empty())
        return;
    for (const fault::Fault& fault : schedule_.arrive())
        apply(fault);
    if (!socket_)
        return;
    // A real reader gives up on a silent card after a while. vpcd would wait for ever, and pcscd with it: the
    // broken connection stands for the reader's timeout.
    if (condition_.mute)
        return connect();
    SecretBytes answer = condition_.error ? SecretBytes{condition_.error->high(), condition_.error->low()}
                                          : card_.answer(payload);
    if (options_.report_apdu)
        options_.report_apdu(apdu_line(payload, answer));
    pending_ = Pending{VpcdFrames::wrap(answer), SteadyClock::now() + condition_.delay + options_.delay};
    if (condition_.delay + options_.delay == options_.delay.zero())
        send_due();
}

void VpcdPeer::control(std::uint8_t code) {
    switch (ControlByte{code}) {
    case ControlByte::power_off:
    case ControlByte::power_on:
    case ControlByte::reset:
        card_.reset();
        powering_up_ = ControlByte{code} != ControlByte::power_off;
        return;
    case ControlByte::get_atr:
        // vpcd asks for the ATR as a sign of life too: a mute card is there, only its answer to reset is
        // missing. An empty answer would leave vpcd waiting, a broken connection is an error at once; the
        // next one stands for the card that still lies there.
        if (condition_.mute && std::exchange(powering_up_, false))
            return connect();
        pending_ = Pending{VpcdFrames::wrap(card_.atr()), SteadyClock::now()};
        return send_due();
    }
}

void VpcdPeer::send_due() {
    const SecretBytes message = std::move(pending_->message);
    pending_.reset();
    if (!send_all(socket_.get(), message))
        return disconnect("pcscd does not take the answer");
    while (socket_ && !pending_) { // what came while the answer was held back
        const auto payload = frames_.next();
        if (!payload)
            break;
        handle(*payload);
    }
}

} // namespace kaomon::card::simulated
