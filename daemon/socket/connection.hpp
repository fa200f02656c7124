// One caller's connection: reads messages, answers them in order, notices at once when the caller is gone.
#pragma once

#include "daemon/socket/inbox.hpp"
#include "daemon/socket/methods.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace kaomon::socket {

// A call that is answered later (Verify, Watch) occupies its connection; what the caller sends meanwhile
// waits in the inbox, at most max_message bytes. A read is always pending, so that a closed connection is
// seen. Thread-bound.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    using Stream = boost::asio::local::stream_protocol::socket;
    using Closed = std::function<void(const Connection*)>;

    Connection(Stream stream, Peer peer, std::shared_ptr<Service> service, Closed closed);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start() { read(); }
    // Ends the call being answered, says why, closes.
    void dismiss(const Failure& why);

  private:
    void read();
    void handle_input();
    void send(std::string message);
    void write();
    void watch_partial();     // half a message and silence
    void abandon(Reason why); // the call being answered
    void hang_up(Reason why); // no more input: what is in the outbox goes out, then the end
    void close();

    Stream stream_;
    boost::asio::steady_timer timer_; // message_timeout; farewell_timeout once hung up
    Peer peer_;
    std::shared_ptr<Service> service_;
    Closed closed_;
    Inbox inbox_;
    std::shared_ptr<Exchange> current_; // the call being answered
    std::deque<std::string> outbox_;    // the first one is being written
    std::size_t outbox_bytes_ = 0;
    bool timing_ = false; // timer_ runs for a partial message
    bool hung_up_ = false;
};

} // namespace kaomon::socket
