#include "daemon/gateway/stream.hpp"

#include "daemon/gateway/limits.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <optional>

namespace kaomon::gateway {

namespace asio = boost::asio;

namespace {
constexpr std::size_t most_forgotten = 256 * 1024; // bytes read after the end
}

struct Stream::Impl : std::enable_shared_from_this<Stream::Impl> {
    explicit Impl(Socket made) : socket(std::move(made)), patience(socket.get_executor()) {}

    // Reads and forgets until the peer has closed, too.
    void forget(Ended ended) {
        socket.async_read_some(asio::buffer(rubbish), [self = shared_from_this(), ended = std::move(ended)](
                                                          error_code error, std::size_t bytes) mutable {
            self->forgotten += bytes;
            if (!error && self->forgotten < most_forgotten)
                return self->forget(std::move(ended));
            self->close();
            ended({});
        });
    }
    void close() noexcept {
        error_code ignored;
        patience.cancel();
        (void)socket.close(ignored);
    }

    Socket socket;
    std::optional<asio::ssl::stream<Socket&>> tls;
    asio::steady_timer patience; // once no more is written
    std::array<char, 4096> rubbish{};
    std::size_t forgotten = 0;
    bool lingers = false;
};

Stream::Stream(Socket socket) : impl_(std::make_shared<Impl>(std::move(socket))) {
    error_code ignored;
    (void)impl_->socket.set_option(asio::ip::tcp::no_delay(true), ignored);
}

Stream::Stream(Socket socket, asio::ssl::context& context) : Stream(std::move(socket)) {
    impl_->tls.emplace(impl_->socket, context);
}

Stream::Stream(Stream&&) noexcept = default;

Stream::~Stream() {
    if (impl_ && !impl_->lingers)
        impl_->close();
}

Stream::executor_type Stream::get_executor() noexcept {
    return impl_->socket.get_executor();
}

ssl_st* Stream::tls() noexcept {
    return impl_->tls ? impl_->tls->native_handle() : nullptr;
}

void Stream::handshake(Ended ended) {
    if (!impl_->tls)
        return asio::post(get_executor(), [ended = std::move(ended)]() mutable { ended({}); });
    impl_->tls->async_handshake(
        asio::ssl::stream_base::server,
        [impl = impl_, ended = std::move(ended)](error_code error) mutable { ended(error); });
}

void Stream::read(std::vector<asio::mutable_buffer> parts, Done done) {
    auto whole = [impl = impl_, done = std::move(done)](error_code error, std::size_t bytes) mutable {
        done(error, bytes);
    };
    if (impl_->tls)
        impl_->tls->async_read_some(parts, std::move(whole));
    else
        impl_->socket.async_read_some(parts, std::move(whole));
}

void Stream::write(std::vector<asio::const_buffer> parts, Done done) {
    auto whole = [impl = impl_, done = std::move(done)](error_code error, std::size_t bytes) mutable {
        done(error, bytes);
    };
    if (impl_->tls)
        impl_->tls->async_write_some(parts, std::move(whole));
    else
        impl_->socket.async_write_some(parts, std::move(whole));
}

void Stream::linger(Ended ended) {
    impl_->lingers = true;
    impl_->patience.expires_after(farewell_timeout);
    impl_->patience.async_wait([impl = impl_](error_code error) {
        if (!error)
            impl->close();
    });
    auto half = [impl = impl_, ended = std::move(ended)](error_code) mutable {
        error_code ignored;
        (void)impl->socket.shutdown(Socket::shutdown_send, ignored);
        impl->forget(std::move(ended));
    };
    if (impl_->tls) // has an end of its own, close_notify
        impl_->tls->async_shutdown(std::move(half));
    else
        asio::post(get_executor(), [half = std::move(half)]() mutable { half({}); });
}

void Stream::close() noexcept {
    if (impl_) // not moved from
        impl_->close();
}

void teardown(boost::beast::role_type, Stream& stream, error_code& error) {
    error = {};
    stream.close();
}

} // namespace kaomon::gateway
