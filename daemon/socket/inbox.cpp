#include "daemon/socket/inbox.hpp"

#include <cstring>

namespace kaomon::socket {

std::optional<std::string_view> Inbox::front() const noexcept {
    const std::string_view held(reinterpret_cast<const char*>(buffer_.data()), used_);
    const std::size_t end = held.find('\0');
    if (end == std::string_view::npos)
        return std::nullopt;
    return held.substr(0, end);
}

void Inbox::pop() noexcept {
    const auto message = front();
    if (!message)
        return;
    const std::size_t taken = message->size() + 1;
    std::memmove(buffer_.data(), buffer_.data() + taken, used_ - taken);
    wipe(buffer_.data() + used_ - taken, taken);
    used_ -= taken;
}

} // namespace kaomon::socket
