// The door of the daemon: the socket that callers connect to.
#pragma once

#include "daemon/session/desk.hpp"
#include "daemon/socket/peer.hpp"
#include "drivers/base/result.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace kaomon::socket {

struct Options {
    std::filesystem::path path; // of the socket file
    std::string group = {};     // may connect (mode 0660); empty: the process's own
    Permissions permissions = {};
};

// Thread-bound: to the thread that runs `loop`. `loop` and `desk` outlive it.
class Server {
  public:
    Server(boost::asio::io_context& loop, session::Desk& desk, Options options);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server(); // stops

    // Reasons: socket_unusable, config_invalid (unknown group or user).
    Result<void> start();
    // Takes no new callers, removes the file, ends the sessions of those who are there (shutting_down), says
    // so to them and closes within 500 ms of further turns of the loop. May be called twice.
    void stop() noexcept;
    std::size_t clients() const noexcept; // open connections

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

} // namespace kaomon::socket
