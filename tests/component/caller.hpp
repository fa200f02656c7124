// A caller of the daemon, as short as any language would write it: JSON objects that end in a NUL byte.
#pragma once

#include "drivers/base/unique_fd.hpp"

#include <boost/json/value.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

namespace kaomon::test {

class Caller {
  public:
    // Throws std::runtime_error when nobody listens.
    explicit Caller(const std::filesystem::path& socket);

    void send(std::string_view method, boost::json::object parameters, bool more = false);
    void send_raw(std::string_view bytes);
    // The next reply; empty when the daemon closed, or nothing came for `seconds`.
    std::optional<boost::json::object> receive(double seconds = 10);
    // One call, one reply.
    boost::json::object call(std::string_view method, boost::json::object parameters = {});
    void hang_up() { socket_.reset(); }
    void finish_sending();                // its half of the connection
    bool open() const { return !ended_; } // as far as receive() has seen

  private:
    UniqueFd socket_;
    std::string received_;
    bool ended_ = false;
};

} // namespace kaomon::test
