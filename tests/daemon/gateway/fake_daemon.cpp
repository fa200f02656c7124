#include "tests/daemon/gateway/fake_daemon.hpp"

#include "drivers/base/system_call.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <stdexcept>

namespace kaomon::gateway::testing {

namespace json = boost::json;

std::vector<std::string> echo(const std::string& call) {
    return {json::serialize(json::object{{"parameters", json::object{{"call", json::parse(call)}}}})};
}

FakeDaemon::FakeDaemon(std::filesystem::path socket, Script script)
    : path_(std::move(socket)), script_(script ? std::move(script) : echo) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.native().copy(address.sun_path, sizeof address.sun_path - 1);
    listening_.reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ::unlink(path_.c_str());
    if (bind(listening_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        listen(listening_.get(), 64) != 0)
        throw std::runtime_error("fake daemon cannot listen");
    threads_.emplace_back([this] { accept(); });
}

FakeDaemon::~FakeDaemon() {
    ends_ = true;
    ::shutdown(listening_.get(), SHUT_RDWR);
    ::unlink(path_.c_str());
    const std::lock_guard lock(mutex_);
    for (const auto& connection : connections_)
        ::shutdown(connection.get(), SHUT_RDWR);
}

void FakeDaemon::accept() {
    while (!ends_) {
        UniqueFd taken(accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!taken)
            return;
        const std::lock_guard lock(mutex_);
        if (ends_)
            return;
        connections_.push_back(std::move(taken));
        threads_.emplace_back([this, descriptor = connections_.back().get()] { serve(descriptor); });
    }
}

void FakeDaemon::serve(int descriptor) {
    ++open_;
    std::string held;
    std::array<char, 4096> buffer{};
    for (ssize_t got = 0; (got = ::recv(descriptor, buffer.data(), buffer.size(), 0)) > 0;) {
        held.append(buffer.data(), static_cast<std::size_t>(got));
        for (std::size_t nul = 0; (nul = held.find('\0')) != std::string::npos;) {
            const std::string call = held.substr(0, nul);
            held.erase(0, nul + 1);
            std::vector<std::string> replies{R"({"parameters":{}})"};
            const auto parsed = json::parse(call);
            if (parsed.at("method") == "org.kaomon.Device.SpeakFor") {
                const std::lock_guard lock(mutex_);
                peers_.emplace_back(parsed.at("parameters").at("peer").as_string());
                if (peers_.back() == "refused")
                    replies = {R"({"error":"org.varlink.service.PermissionDenied","parameters":{}})"};
            } else {
                {
                    const std::lock_guard lock(mutex_);
                    calls_.push_back(call);
                }
                replies = script_(call);
            }
            for (const auto& reply : replies) {
                if (reply.empty())
                    ::shutdown(descriptor, SHUT_RDWR);
                else if (::send(descriptor, reply.c_str(), reply.size() + (reply.ends_with('\n') ? 0 : 1),
                                MSG_NOSIGNAL) < 0)
                    break;
            }
        }
    }
    ::shutdown(descriptor, SHUT_RDWR); // closed with this object: its number is not taken meanwhile
    --open_;
}

std::vector<std::string> FakeDaemon::peers() const {
    const std::lock_guard lock(mutex_);
    return peers_;
}

std::vector<std::string> FakeDaemon::calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
}

} // namespace kaomon::gateway::testing
