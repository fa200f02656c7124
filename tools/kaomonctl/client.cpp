#include "tools/kaomonctl/client.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace kaomon::kaomonctl {
namespace {

namespace json = boost::json;

constexpr Milliseconds call_patience{5000};
constexpr std::size_t longest_message =
    1024 * 1024; // bytes; the longest reply is a description of some 8 KiB

std::unexpected<LinkTrouble> system_trouble(std::string_view what) {
    return std::unexpected(std::string(what) + ": " + std::strerror(errno));
}

std::expected<Reply, LinkTrouble> parse(std::string_view text) {
    json::error_code error;
    json::value value = json::parse(text, error);
    json::object* message = error ? nullptr : value.if_object();
    if (message == nullptr)
        return std::unexpected("the daemon's reply is not a JSON object");
    Reply reply;
    bool odd =
        false; // of the wrong type; null is as if it were not there, and unknown members are passed over
    for (auto& member : *message) {
        json::value& one = member.value();
        if (one.is_null())
            continue;
        if (member.key() == "parameters") {
            odd = odd || !one.is_object();
            reply.parameters = one.is_object() ? std::move(one.get_object()) : json::object();
        } else if (member.key() == "continues") {
            odd = odd || !one.is_bool();
            reply.continues = one.is_bool() && one.get_bool();
        } else if (member.key() == "error") {
            odd = odd || !one.is_string();
            reply.error = one.is_string() ? std::string(one.get_string()) : std::string();
        }
    }
    if (odd)
        return std::unexpected("the daemon's reply has a member of the wrong type");
    return reply;
}

} // namespace

std::expected<Client, LinkTrouble> Client::connect(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return std::unexpected("the socket's path is empty or over 107 bytes");
    path.copy(address.sun_path, path.size());
    UniqueFd descriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!descriptor ||
        ::connect(descriptor.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return system_trouble(path);
    return Client(std::move(descriptor));
}

std::expected<void, LinkTrouble> Client::send(std::string_view method, const json::object& parameters,
                                              bool more) {
    json::object message{{"method", method}, {"parameters", parameters}};
    if (more)
        message["more"] = true;
    std::string text = json::serialize(message);
    text.push_back('\0');
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t sent = ::send(descriptor_.get(), text.data() + done, text.size() - done, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            break; // what the daemon said before it closed is still to be read
        done += static_cast<std::size_t>(sent);
    }
    wipe(text.data(), text.size());
    return {};
}

std::expected<std::optional<Reply>, LinkTrouble> Client::receive(std::optional<Milliseconds> patience) {
    const Instant end = SteadyClock::now() + patience.value_or(Milliseconds(0));
    while (true) {
        if (const auto nul = held_.find('\0'); nul != std::string::npos) {
            auto reply = parse(std::string_view(held_).substr(0, nul));
            held_.erase(0, nul + 1);
            return reply;
        }
        if (held_.size() > longest_message)
            return std::unexpected("the daemon's reply is over 1 MiB");
        const auto left = std::chrono::ceil<Milliseconds>(end - SteadyClock::now()).count();
        pollfd waiting{descriptor_.get(), POLLIN, 0};
        const int ready = poll(&waiting, 1, patience ? static_cast<int>(std::max<long>(left, 0)) : -1);
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready < 0)
            return system_trouble("poll");
        if (ready == 0)
            return std::optional<Reply>{};
        std::array<char, 16384> bytes;
        const ssize_t got = recv(descriptor_.get(), bytes.data(), bytes.size(), 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return system_trouble("the connection broke");
        if (got == 0)
            return std::unexpected("the daemon closed the connection");
        held_.append(bytes.data(), static_cast<std::size_t>(got));
    }
}

std::expected<Reply, LinkTrouble> Client::call(std::string_view method, const json::object& parameters) {
    if (const auto sent = send(method, parameters, false); !sent)
        return std::unexpected(sent.error());
    auto reply = receive(call_patience);
    if (!reply)
        return std::unexpected(reply.error());
    if (!*reply)
        return std::unexpected("the daemon did not answer within 5 s");
    return std::move(**reply);
}

} // namespace kaomon::kaomonctl
