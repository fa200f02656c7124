#include "daemon/socket/connection.hpp"

#include "daemon/socket/wording.hpp"
#include "drivers/base/log.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include <utility>

namespace kaomon::socket {

namespace asio = boost::asio;
using boost::system::error_code;

Connection::Connection(Stream stream, Peer peer, std::shared_ptr<Service> service, Closed closed)
    : stream_(std::move(stream)), timer_(stream_.get_executor()),
      peer_(std::make_shared<Peer>(std::move(peer))), service_(std::move(service)),
      closed_(std::move(closed)) {
    stream_.non_blocking(true);
}

void Connection::start() {
    watch_silence();
    read();
}

// Waits, and reads only then: between the two, answered calls leave the inbox and its space moves.
void Connection::read() {
    if (std::exchange(reading_, true))
        return;
    stream_.async_wait(Stream::wait_read, [self = shared_from_this()](error_code error) {
        self->reading_ = false;
        if (self->hung_up_ || self->resting_) // the calls that are there come first
            return;
        std::size_t bytes = 0;
        if (!error) {
            const auto space = self->inbox_.space();
            bytes = self->stream_.read_some(asio::buffer(space.data(), space.size()), error);
        }
        if (error && error != asio::error::would_block)
            return self->hang_up(Reason::caller_gone);
        self->inbox_.filled(bytes);
        self->handle_input();
    });
}

void Connection::handle_input() {
    for (std::size_t handled = 0; !current_ && !hung_up_; ++handled) {
        const auto message = inbox_.front();
        if (!message)
            break;
        if (handled == calls_a_turn)
            return let_others();
        const auto call = parse_call(*message);
        inbox_.pop();
        if (!call)
            return dismiss(call.error());
        called_ = true;
        auto exchange =
            dispatch(service_, *call, peer_, [weak = weak_from_this()](std::string reply, bool last) {
                const auto self = weak.lock();
                if (!self)
                    return;
                self->send(std::move(reply));
                if (!last || !self->current_)
                    return;
                // In a turn of its own: the exchange that answers here must outlive its answer.
                asio::post(self->stream_.get_executor(), [self] {
                    self->current_.reset();
                    self->handle_input();
                });
            });
        if (exchange->open())
            current_ = std::move(exchange);
    }
    if (hung_up_)
        return;
    if (inbox_.full())
        return dismiss(
            {Reason::message_too_large,
             current_ ? "64 KiB wait behind a call that is still being answered" : "over 65536 bytes"});
    watch_silence();
    read();
}

void Connection::let_others() {
    if (std::exchange(resting_, true))
        return;
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
        self->resting_ = false;
        self->handle_input();
    });
}

void Connection::watch_silence() {
    const Awaited wanted = inbox_.partial() ? Awaited::rest_of_message
                           : called_        ? Awaited::nothing
                                            : Awaited::first_call;
    if (std::exchange(awaited_, wanted) == wanted)
        return;
    timer_.cancel();
    if (wanted == Awaited::nothing)
        return;
    const bool first = wanted == Awaited::first_call;
    timer_.expires_after(first ? first_call_timeout : message_timeout);
    timer_.async_wait([self = shared_from_this(), wanted, first](error_code error) {
        if (!error && self->awaited_ == wanted && !self->hung_up_)
            self->dismiss({Reason::message_timeout,
                           first ? "no call within 5 s" : "a message was begun and not ended within 1.5 s"});
    });
}

void Connection::send(std::string message) {
    if (hung_up_ || message.empty())
        return;
    if (outbox_bytes_ + message.size() > max_outbox) {
        log(LogLevel::warning, "socket: a caller does not read its replies; its connection is closed");
        hung_up_ = true;
        // Not from within the session's own call: it may be telling this very caller something.
        asio::post(stream_.get_executor(), [self = shared_from_this()] {
            self->abandon(Reason::caller_gone);
            self->close();
        });
        return;
    }
    outbox_bytes_ += message.size();
    outbox_.push_back(std::move(message));
    if (outbox_.size() == 1)
        write();
}

void Connection::write() {
    asio::async_write(stream_, asio::buffer(outbox_.front()),
                      [self = shared_from_this()](error_code error, std::size_t) {
                          if (error) {
                              self->abandon(Reason::caller_gone);
                              self->close();
                              return;
                          }
                          self->outbox_bytes_ -= self->outbox_.front().size();
                          self->outbox_.pop_front();
                          if (!self->outbox_.empty()) {
                              self->write();
                          } else if (self->hung_up_) {
                              self->close();
                          }
                      });
}

void Connection::dismiss(const Failure& why) {
    if (hung_up_)
        return;
    log(why.reason == Reason::shutting_down ? LogLevel::debug : LogLevel::info,
        "socket: closing a connection: " + std::string(word(why.reason)) +
            (why.detail.empty() ? "" : ": " + why.detail));
    faulty_ = faulty_ || why.reason != Reason::shutting_down;
    send(farewell(why.reason, why.detail));
    hang_up(why.reason == Reason::shutting_down ? Reason::shutting_down : Reason::caller_gone);
}

void Connection::abandon(Reason why) {
    if (const auto exchange = std::exchange(current_, nullptr))
        exchange->abandon(why);
}

void Connection::hang_up(Reason why) {
    hung_up_ = true;
    abandon(why);
    if (outbox_.empty())
        return close();
    timer_.expires_after(farewell_timeout);
    timer_.async_wait([self = shared_from_this()](error_code error) {
        if (!error)
            self->close();
    });
}

void Connection::close() {
    hung_up_ = true;
    timer_.cancel();
    error_code ignored;
    (void)stream_.close(ignored);
    if (const auto closed = std::exchange(closed_, nullptr))
        closed(this, *peer_, faulty_ || !called_);
}

} // namespace kaomon::socket
