// What machines ask about the daemon: is it there, what does it count.
#pragma once

#include "daemon/gateway/link.hpp"
#include "drivers/base/clock.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kaomon::gateway {

// Asks kaomond as the peer "health", once for all who ask within a second. Thread-bound.
class Upstream {
  public:
    Upstream(boost::asio::io_context& loop, std::filesystem::path socket)
        : loop_(loop), socket_(std::move(socket)) {}

    // The reply to a call without parameters; nothing: none came within health_timeout, or an error.
    using Answered = std::function<void(const std::optional<std::string>& reply)>;
    void ask(const std::string& method, Answered answered);

  private:
    struct Question;
    struct Known {
        std::optional<std::string> reply;
        Instant since{};
        std::vector<Answered> waiting;
    };
    void answer(const std::string& method, std::optional<std::string> reply);

    boost::asio::io_context& loop_;
    std::filesystem::path socket_;
    std::map<std::string, Known> known_; // by method, of which there are two
};

} // namespace kaomon::gateway
