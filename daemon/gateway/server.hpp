// The gateway's doors: this computer's, and the LAN's where it is open.
#pragma once

#include "daemon/gateway/settings.hpp"
#include "drivers/base/result.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>

namespace kaomon::gateway {

// Thread-bound to the loop.
class Server {
  public:
    Server(boost::asio::io_context& loop, Settings settings);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();

    // Listens, and writes the tokens. A port 0 is one that is free. Reasons: socket_unusable, config_invalid,
    // key_unreadable.
    Result<void> start();
    // Nobody comes in any more, who is in hears gateway_stops; within two seconds all are gone.
    void stop();

    std::uint16_t port() const noexcept;     // of this computer
    std::uint16_t lan_port() const noexcept; // 0: closed

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

} // namespace kaomon::gateway
