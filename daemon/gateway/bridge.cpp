#include "daemon/gateway/bridge.hpp"

#include "daemon/gateway/envelope.hpp"
#include "daemon/gateway/limits.hpp"
#include "daemon/gateway/link.hpp"
#include "daemon/gateway/turns.hpp"
#include "drivers/base/log.hpp"
#include "drivers/base/secret.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <deque>

namespace kaomon::gateway {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;

Refusal refusal_of(Link::Gone why) {
    switch (why) {
    case Link::Gone::unreachable:
    case Link::Gone::closed:
        return Refusal::daemon_gone;
    case Link::Gone::not_taken:
        return Refusal::peer_not_taken;
    case Link::Gone::garbled:
        return Refusal::reply_malformed;
    }
    return Refusal::daemon_gone;
}

class WebSocketBridge final : public Bridge, public std::enable_shared_from_this<WebSocketBridge> {
  public:
    WebSocketBridge(Stream stream, BridgeWiring wiring)
        : socket_(std::move(stream)), silence_(*wiring.loop), stuck_(*wiring.loop),
          wiring_(std::move(wiring)) {}
    ~WebSocketBridge() override {
        if (buffer_.size() > 0)
            wipe(buffer_.data().data(), buffer_.size());
        if (wiring_.ended)
            wiring_.ended();
    }

    void start(const Request& request);
    void close(Refusal why) override;
    void look() override {
        if (!wiring_.still_counts())
            close(Refusal::peer_revoked);
    }

  private:
    void open_link();
    void read();
    void took(error_code error, std::size_t bytes);
    void hear(std::string_view message);
    void forward(std::string message);
    void reply(std::string message);
    void say(std::string message);
    void write();
    void await_message(Milliseconds limit);
    void control(websocket::frame_type kind);
    void part(Refusal why);
    void cut() noexcept;

    websocket::stream<Stream, false> socket_;
    asio::steady_timer silence_; // a message that must come, or end
    asio::steady_timer stuck_;   // a message that must be read by the visitor; once closing: the end
    BridgeWiring wiring_;
    std::shared_ptr<Link> link_;
    beast::flat_buffer buffer_;
    std::deque<std::string> outbox_; // the first one is being written
    std::size_t outbox_bytes_ = 0;
    Turns turns_;
    int control_frames_ = 0;
    Instant control_since_ = SteadyClock::now();
    bool accepted_ = false; // it is a WebSocket; before that Beast can close none
    bool reading_ = false, closing_ = false;
    std::optional<Refusal> parting_; // once the outbox is empty
    enum class Awaited : std::uint8_t { nothing, message, rest } awaited_{};
};

void WebSocketBridge::start(const Request& request) {
    websocket::stream_base::timeout limits{};
    limits.handshake_timeout = request_timeout;
    limits.idle_timeout = idle_timeout;
    limits.keep_alive_pings = true;
    socket_.set_option(limits);
    socket_.set_option(websocket::stream_base::decorator([this](websocket::response_type& response) {
        response.set(beast::http::field::server, "kaomon-gateway");
        if (wiring_.names_protocol)
            response.set(beast::http::field::sec_websocket_protocol, "varlink");
    }));
    socket_.control_callback([this](websocket::frame_type kind, beast::string_view) { control(kind); });
    socket_.read_message_max(max_message);
    socket_.auto_fragment(false);
    socket_.text(true);
    socket_.async_accept(request, [self = shared_from_this()](error_code error) {
        if (error || self->closing_) // it was told to go while its answer was being written
            return self->cut();
        self->accepted_ = true;
        self->open_link();
    });
}

// Its ears keep this alive, until one of the two closes it.
void WebSocketBridge::open_link() {
    const auto self = shared_from_this();
    link_ = std::make_shared<Link>(
        *wiring_.loop, wiring_.socket, wiring_.visitor.peer,
        Link::Ears{.ready =
                       [self] {
                           self->await_message(first_message_timeout);
                           self->read();
                       },
                   .message = [self](std::string message) { self->reply(std::move(message)); },
                   .gone = [self](Link::Gone why) { self->close(refusal_of(why)); }});
    link_->open();
}

void WebSocketBridge::read() {
    if (closing_ || std::exchange(reading_, true))
        return;
    socket_.async_read_some(
        buffer_, max_message + 1 - buffer_.size(),
        [self = shared_from_this()](error_code error, std::size_t bytes) { self->took(error, bytes); });
}

void WebSocketBridge::took(error_code error, std::size_t bytes) {
    reading_ = false;
    if (closing_)
        return;
    if (parting_ && !error)
        return;
    if (error) { // the page closed it, or Beast did: too large, not UTF-8, no WebSocket
        link_->close();
        return cut();
    }
    if (!socket_.got_text())
        return close(Refusal::message_not_text);
    if (!socket_.is_message_done()) {
        if (awaited_ != Awaited::rest && bytes > 0) {
            awaited_ = Awaited::rest;
            await_message(message_timeout);
        }
        return read();
    }
    awaited_ = Awaited::nothing;
    silence_.cancel();
    const auto data = buffer_.data();
    hear({static_cast<const char*>(data.data()), data.size()});
    if (data.size() > 0)
        wipe(data.data(), data.size()); // it may hold a PIN
    buffer_.consume(data.size());
}

void WebSocketBridge::hear(std::string_view message) {
    if (!wiring_.still_counts())
        return close(Refusal::peer_revoked);
    const auto call = read_call(message);
    if (!call)
        return close(Refusal::message_malformed);
    if (!call->upgrade && may_call(wiring_.visitor.role, wiring_.visitor.loopback, call->method)) {
        if (!call->oneway)
            turns_.forwarded();
        return forward(std::string(message));
    }
    log(LogLevel::info, "gateway: " + wiring_.visitor.peer + " may not call that method");
    if (!call->oneway) {
        turns_.refused();
        for (std::size_t count = turns_.take_refused(); count > 0; --count)
            say(permission_denied());
    }
    // in a turn of its own: the buffer of this message is still in use
    asio::post(*wiring_.loop, [self = shared_from_this()] {
        if (self->turns_.size() < max_unanswered)
            self->read();
    });
}

void WebSocketBridge::forward(std::string message) {
    link_->send(std::move(message), [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (self && self->turns_.size() < max_unanswered)
            self->read();
    });
}

void WebSocketBridge::reply(std::string message) {
    const auto continues = read_continues(message);
    if (!continues)
        return close(Refusal::reply_malformed);
    say(std::move(message));
    if (*continues)
        return;
    const bool was_full = turns_.size() >= max_unanswered;
    turns_.answered();
    for (std::size_t count = turns_.take_refused(); count > 0; --count)
        say(permission_denied());
    if (was_full && turns_.size() < max_unanswered)
        read();
}

void WebSocketBridge::say(std::string message) {
    if (closing_)
        return;
    if (outbox_bytes_ + message.size() > max_outbox) {
        log(LogLevel::warning,
            "gateway: " + wiring_.visitor.peer + " does not read its messages; the connection is closed");
        return cut();
    }
    outbox_bytes_ += message.size();
    outbox_.push_back(std::move(message));
    if (outbox_.size() == 1)
        write();
}

void WebSocketBridge::write() {
    stuck_.expires_after(answer_timeout);
    stuck_.async_wait([weak = weak_from_this()](error_code error) {
        const auto self = weak.lock();
        if (!error && self)
            self->cut();
    });
    socket_.async_write(asio::buffer(outbox_.front()),
                        [self = shared_from_this()](error_code error, std::size_t) {
                            if (self->closing_)
                                return;
                            if (error)
                                return self->cut();
                            self->stuck_.cancel();
                            self->outbox_bytes_ -= self->outbox_.front().size();
                            self->outbox_.pop_front();
                            if (!self->outbox_.empty())
                                self->write();
                            else if (self->parting_)
                                self->part(*self->parting_);
                        });
}

void WebSocketBridge::await_message(Milliseconds limit) {
    if (awaited_ == Awaited::nothing)
        awaited_ = Awaited::message;
    silence_.expires_after(limit);
    silence_.async_wait([weak = weak_from_this()](error_code error) {
        const auto self = weak.lock();
        if (!error && self && self->awaited_ != Awaited::nothing)
            self->close(Refusal::message_timeout);
    });
}

void WebSocketBridge::control(websocket::frame_type kind) {
    if (kind == websocket::frame_type::close)
        return;
    const auto now = SteadyClock::now();
    if (now - control_since_ > std::chrono::seconds(10)) {
        control_since_ = now;
        control_frames_ = 0;
    }
    if (++control_frames_ > max_control_frames) // not from within the read that calls this
        asio::post(*wiring_.loop, [weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->close(Refusal::too_many_pings);
        });
}

void WebSocketBridge::close(Refusal why) {
    if (closing_ || parting_)
        return;
    // kaomond's last words come before the end
    if (link_ && !outbox_.empty() && (why == Refusal::daemon_gone || why == Refusal::gateway_stops)) {
        link_->close();
        silence_.cancel();
        parting_ = why;
        return;
    }
    part(why);
}

void WebSocketBridge::part(Refusal why) {
    closing_ = true;
    log(LogLevel::info,
        "gateway: closing a connection of " + wiring_.visitor.peer + ": " + std::string(word(why)));
    silence_.cancel();
    if (link_)
        link_->close();
    if (!accepted_)
        return cut();
    stuck_.expires_after(farewell_timeout);
    stuck_.async_wait([weak = weak_from_this()](error_code error) {
        const auto self = weak.lock();
        if (!error && self)
            self->socket_.next_layer().close();
    });
    const std::string reason(word(why));
    socket_.async_close({static_cast<websocket::close_code>(code_of(why)), reason},
                        [self = shared_from_this()](error_code) { self->cut(); });
}

void WebSocketBridge::cut() noexcept {
    closing_ = true;
    silence_.cancel();
    stuck_.cancel();
    if (link_)
        link_->close();
    socket_.next_layer().close();
}

} // namespace

std::shared_ptr<Bridge> open_bridge(Stream stream, const Request& request, BridgeWiring wiring) {
    auto bridge = std::make_shared<WebSocketBridge>(std::move(stream), std::move(wiring));
    bridge->start(request);
    return bridge;
}

} // namespace kaomon::gateway
