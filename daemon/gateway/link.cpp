#include "daemon/gateway/link.hpp"

#include "daemon/gateway/limits.hpp"
#include "drivers/base/log.hpp"
#include "drivers/base/secret.hpp"

#include <boost/asio/write.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace kaomon::gateway {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

std::string speak_for(const std::string& peer) {
    return boost::json::serialize(boost::json::object{{"method", "org.kaomon.Device.SpeakFor"},
                                                      {"parameters", boost::json::object{{"peer", peer}}}});
}

// Empty: it was answered without an error.
std::string error_of(const std::string& reply) {
    error_code bad;
    const auto parsed = boost::json::parse(reply, bad);
    const auto* object = bad ? nullptr : parsed.if_object();
    if (object == nullptr)
        return "no JSON object";
    const auto* error = object->if_contains("error");
    return error == nullptr || error->is_null() ? std::string() : boost::json::serialize(*error);
}

} // namespace

Link::Link(asio::io_context& loop, std::filesystem::path socket, std::string peer, Ears ears)
    : socket_(loop), patience_(loop), path_(std::move(socket)), peer_(std::move(peer)),
      ears_(std::move(ears)) {}

void Link::open() {
    patience_.expires_after(link_timeout);
    patience_.async_wait([self = shared_from_this()](error_code error) {
        if (!error && !self->ready_)
            self->end(Gone::unreachable);
    });
    socket_.async_connect({path_.native()}, [self = shared_from_this()](error_code error) {
        if (self->closed_)
            return;
        if (error)
            return self->end(Gone::unreachable);
        self->send(speak_for(self->peer_), {});
        self->read();
    });
}

void Link::send(std::string message, std::function<void()> sent) {
    if (closed_)
        return;
    out_ = std::move(message);
    out_.push_back('\0');
    asio::async_write(socket_, asio::buffer(out_),
                      [self = shared_from_this(), sent = std::move(sent)](error_code error, std::size_t) {
                          wipe(self->out_.data(), self->out_.size()); // it may hold a PIN
                          if (self->closed_)
                              return;
                          if (error)
                              return self->end(Gone::closed);
                          if (sent)
                              sent();
                      });
}

void Link::read() {
    socket_.async_read_some(asio::buffer(buffer_),
                            [self = shared_from_this()](error_code error, std::size_t bytes) {
                                if (self->closed_)
                                    return;
                                self->take(bytes);
                                wipe(self->buffer_.data(), bytes);
                                if (self->closed_)
                                    return;
                                if (error)
                                    return self->end(self->ready_ ? Gone::closed : Gone::unreachable);
                                self->read();
                            });
}

void Link::take(std::size_t bytes) {
    for (const char *at = buffer_.data(), *last = at + bytes; at != last && !closed_;) {
        const char* const nul = std::find(at, last, '\0');
        if (held_.size() + static_cast<std::size_t>(nul - at) > max_reply)
            return end(Gone::garbled);
        held_.append(at, nul);
        if (nul == last)
            return;
        at = nul + 1;
        hear(std::exchange(held_, {}));
    }
}

void Link::hear(std::string message) {
    if (ready_) {
        const auto tell = ears_.message; // close() from within must not end it
        return tell(std::move(message));
    }
    patience_.cancel();
    if (const auto error = error_of(message); !error.empty()) {
        log(LogLevel::warning, "gateway: kaomond does not take peer " + peer_ + ": " + error);
        // Disconnected says that it is full or stops: that passes
        return end(error.contains("Disconnected") ? Gone::unreachable : Gone::not_taken);
    }
    ready_ = true;
    const auto tell = ears_.ready;
    tell();
}

void Link::end(Gone why) {
    if (closed_)
        return;
    const auto ears = std::move(ears_);
    close();
    ears.gone(why);
}

void Link::close() noexcept {
    closed_ = true;
    ears_ = {}; // they may hold whoever holds this
    patience_.cancel();
    error_code ignored;
    (void)socket_.close(ignored);
}

} // namespace kaomon::gateway
