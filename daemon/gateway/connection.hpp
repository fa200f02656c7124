// One HTTP connection: requests one after the other, until one of them becomes a WebSocket.
#pragma once

#include "daemon/gateway/answer.hpp"
#include "daemon/gateway/house.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>

namespace kaomon::gateway {

// Thread-bound.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(std::shared_ptr<House> house, std::shared_ptr<const Door> door, Stream stream,
               Crowd::Number number);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    void start();
    void cut() noexcept;

  private:
    struct Reading; // Boost.Beast's parser
    void read();
    void failed(error_code error);
    void handle(const Request& request);
    void open_socket(const Request& request);
    Asking asking(const Request& request) const;
    std::optional<Answer> page(const Request& request, std::string_view path);
    void answer(const Answer& answer);
    void deadline(Milliseconds limit);

    std::shared_ptr<House> house_;
    std::shared_ptr<const Door> door_;
    Stream stream_;
    boost::asio::steady_timer timer_;
    Crowd::Number number_;
    std::string serial_, sha256_; // of the client's certificate; empty: none
    boost::beast::flat_buffer buffer_;
    std::unique_ptr<Reading> reading_;
    std::string out_; // being written
    std::size_t requests_ = 0;
    bool head_ = false, keep_alive_ = false, seated_ = false;
};

} // namespace kaomon::gateway
