#include "tests/component/caller.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <chrono>
#include <cstring>
#include <stdexcept>

namespace kaomon::test {

namespace json = boost::json;

Caller::Caller(const std::filesystem::path& socket)
    : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, socket.c_str(), sizeof address.sun_path - 1);
    if (connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error("nobody listens on " + socket.string());
    }
}

void Caller::send_raw(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return; // hung up: the test sees it when it receives
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void Caller::send(std::string_view method, json::object parameters, bool more) {
    json::object message{{"method", method}, {"parameters", std::move(parameters)}};
    if (more)
        message["more"] = true;
    send_raw(json::serialize(message) + '\0');
}

std::optional<json::object> Caller::receive(double seconds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (true) {
        if (const auto stop = received_.find('\0'); stop != std::string::npos) {
            auto message = json::parse(received_.substr(0, stop)).as_object();
            received_.erase(0, stop + 1);
            return message;
        }
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        pollfd readable{socket_.get(), POLLIN, 0};
        if (left.count() <= 0 || poll(&readable, 1, static_cast<int>(left.count())) <= 0)
            return std::nullopt;
        std::array<char, 4096> bytes{};
        const auto size = recv(socket_.get(), bytes.data(), bytes.size(), 0);
        if (size <= 0) {
            ended_ = true;
            return std::nullopt;
        }
        received_.append(bytes.data(), static_cast<std::size_t>(size));
    }
}

void Caller::finish_sending() {
    (void)shutdown(socket_.get(), SHUT_WR);
}

json::object Caller::call(std::string_view method, json::object parameters) {
    send(method, std::move(parameters));
    auto reply = receive();
    if (!reply)
        throw std::runtime_error("no reply to " + std::string(method));
    return *reply;
}

} // namespace kaomon::test
