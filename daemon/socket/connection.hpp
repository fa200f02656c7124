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
    // `disturbed`: it said something that is no call, or nothing at all.
    using Closed = std::function<void(const Connection*, const Peer&, bool disturbed)>;

    Connection(Stream stream, Peer peer, std::shared_ptr<Service> service, Closed closed);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start();
    // Ends the call being answered, says why, closes.
    void dismiss(const Failure& why);

  private:
    void read();
    void handle_input();
    void let_others(); // then goes on with the calls that are there
    void send(std::string message);
    void write();
    void watch_silence();     // before the first call, and after half a message
    void abandon(Reason why); // the call being answered
    void hang_up(Reason why); // no more input: what is in the outbox goes out, then the end
    void close();

    Stream stream_;
    boost::asio::steady_timer timer_; // of what is waited for; farewell_timeout once hung up
    std::shared_ptr<Peer> peer_;      // a call may change for whom it speaks
    std::shared_ptr<Service> service_;
    Closed closed_;
    Inbox inbox_;
    std::shared_ptr<Exchange> current_; // the call being answered
    std::deque<std::string> outbox_;    // the first one is being written
    std::size_t outbox_bytes_ = 0;
    enum class Awaited : std::uint8_t { nothing, first_call, rest_of_message } awaited_{};
    bool reading_ = false; // a read is pending
    bool resting_ = false; // calls are there, and it is the others' turn
    bool called_ = false;  // a whole call has come
    bool faulty_ = false;
    bool hung_up_ = false;
};

} // namespace kaomon::socket
