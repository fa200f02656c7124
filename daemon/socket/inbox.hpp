// Bytes as they come in, cut into messages at each NUL. What was taken out is wiped.
#pragma once

#include "daemon/socket/limits.hpp"
#include "drivers/base/secret.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace kaomon::socket {

// Holds at most one message of max_message bytes with its NUL, or several that are smaller together.
// Reentrant.
class Inbox {
  public:
    Inbox() : buffer_(max_message + 1) {}

    std::span<char> space() noexcept {
        return {text() + used_, buffer_.size() - used_};
    } // where the next bytes go
    void filled(std::size_t bytes) noexcept { used_ += bytes; }

    // The first whole message without its NUL; valid until pop().
    std::optional<std::string_view> front() const noexcept;
    void pop() noexcept;

    bool full() const noexcept { return used_ == buffer_.size(); }
    bool partial() const noexcept {
        return used_ > 0 && buffer_[used_ - 1] != 0;
    } // a message has begun, not ended

  private:
    char* text() noexcept { return reinterpret_cast<char*>(buffer_.data()); }

    SecretBytes buffer_;
    std::size_t used_ = 0;
};

} // namespace kaomon::socket
