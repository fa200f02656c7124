// One connection to kaomond on behalf of one peer.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace kaomon::gateway {

// What is sent first is SpeakFor; what comes after its answer is the peer's. Its ears hear nothing after
// close(), which they may call, and nothing from within open() and send(). Thread-bound.
class Link : public std::enable_shared_from_this<Link> {
  public:
    enum class Gone : std::uint8_t { unreachable, not_taken, closed, garbled };
    struct Ears {
        std::function<void()> ready;                      // kaomond has taken the peer
        std::function<void(std::string message)> message; // without its NUL
        std::function<void(Gone why)> gone;               // once, the last
    };

    Link(boost::asio::io_context& loop, std::filesystem::path socket, std::string peer, Ears ears);
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    void open();
    // One message without NUL; `sent`: it is with the kernel. One at a time.
    void send(std::string message, std::function<void()> sent);
    void close() noexcept;

  private:
    void read();
    void take(std::size_t bytes);
    void hear(std::string message);
    void end(Gone why);

    boost::asio::local::stream_protocol::socket socket_;
    boost::asio::steady_timer patience_; // until SpeakFor is answered
    std::filesystem::path path_;
    std::string peer_;
    Ears ears_;
    std::string out_;  // being written
    std::string held_; // of a message that has not ended
    std::array<char, 16 * 1024> buffer_{};
    bool ready_ = false, closed_ = false;
};

} // namespace kaomon::gateway
