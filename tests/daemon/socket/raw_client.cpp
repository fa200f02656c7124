#include "tests/daemon/socket/raw_client.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace kaomon::testing {

RawClient::RawClient(const std::filesystem::path& path)
    : descriptor_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.native().copy(address.sun_path, sizeof address.sun_path - 1);
    if (connect(descriptor_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        descriptor_.reset();
}

bool RawClient::send_bytes(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(descriptor_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool RawClient::send(std::string_view message) {
    std::string line(message);
    line.push_back('\0');
    return send_bytes(line);
}

std::optional<std::string> RawClient::receive(Milliseconds patience) {
    const Instant end = SteadyClock::now() + patience;
    while (true) {
        if (const auto nul = held_.find('\0'); nul != std::string::npos) {
            std::string message = held_.substr(0, nul);
            held_.erase(0, nul + 1);
            return message;
        }
        const auto left = std::chrono::duration_cast<Milliseconds>(end - SteadyClock::now()).count();
        pollfd waiting{descriptor_.get(), POLLIN, 0};
        if (eof_ || left <= 0 || poll(&waiting, 1, static_cast<int>(left)) <= 0)
            return std::nullopt;
        std::array<char, 65536> bytes;
        const ssize_t got = recv(descriptor_.get(), bytes.data(), bytes.size(), 0);
        if (got <= 0) {
            eof_ = true;
        } else {
            held_.append(bytes.data(), static_cast<std::size_t>(got));
        }
    }
}

std::string RawClient::call(std::string_view message) {
    send(message);
    return receive().value_or("(nothing)");
}

bool RawClient::ended(Milliseconds patience) {
    return !receive(patience) && eof_ && held_.empty();
}

} // namespace kaomon::testing
