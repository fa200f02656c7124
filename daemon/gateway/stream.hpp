// One TCP connection, plain or in TLS, as one type: Boost.Beast is then compiled for one.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace boost::asio::ssl {
class context;
}
struct ssl_st;

namespace kaomon::gateway {

using boost::system::error_code;

// An AsyncStream of Boost.Beast. Thread-bound; moved only before the first operation.
class Stream {
  public:
    using Socket = boost::asio::ip::tcp::socket;
    using executor_type = Socket::executor_type;
    using Done = std::move_only_function<void(error_code, std::size_t)>;
    using Ended = std::move_only_function<void(error_code)>;

    explicit Stream(Socket socket);                            // plain
    Stream(Socket socket, boost::asio::ssl::context& context); // TLS, as a server
    Stream(Stream&&) noexcept;
    Stream& operator=(Stream&&) = delete;
    ~Stream();

    executor_type get_executor() noexcept;
    ssl_st* tls() noexcept; // nullptr: plain
    // Of TLS; of a plain one at once.
    void handshake(Ended ended);

    template<class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto handler, std::vector<boost::asio::mutable_buffer> parts) {
                read(std::move(parts), std::move(handler));
            },
            token, parts_of<boost::asio::mutable_buffer>(buffers));
    }
    template<class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto handler, std::vector<boost::asio::const_buffer> parts) {
                write(std::move(parts), std::move(handler));
            },
            token, parts_of<boost::asio::const_buffer>(buffers));
    }

    // What was written arrives, also where the peer is still sending: nothing more is written, what comes is
    // read and forgotten for a moment, then it is closed.
    void linger(Ended ended);
    void close() noexcept; // at once

  private:
    struct Impl;
    template<class Buffer, class Buffers>
    static std::vector<Buffer> parts_of(const Buffers& buffers) {
        return {boost::asio::buffer_sequence_begin(buffers), boost::asio::buffer_sequence_end(buffers)};
    }
    void read(std::vector<boost::asio::mutable_buffer> parts, Done done);
    void write(std::vector<boost::asio::const_buffer> parts, Done done);

    std::shared_ptr<Impl> impl_;
};

// What Boost.Beast's WebSocket calls at its end.
inline void beast_close_socket(Stream& stream) {
    stream.close();
}
void teardown(boost::beast::role_type role, Stream& stream, error_code& error);
template<class Handler>
void async_teardown(boost::beast::role_type, Stream& stream, Handler&& handler) {
    stream.linger(std::forward<Handler>(handler));
}

} // namespace kaomon::gateway
