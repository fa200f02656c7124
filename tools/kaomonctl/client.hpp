// A plain Varlink client: one socket, one call at a time.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/secret.hpp"
#include "drivers/base/unique_fd.hpp"

#include <boost/json/object.hpp>

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace kaomon::kaomonctl {

struct Reply {
    boost::json::object parameters;
    bool continues = false;
    std::string error; // qualified; empty: none
};

// English, one clause: why the daemon cannot be talked to.
using LinkTrouble = std::string;

// Thread-bound.
class Client {
  public:
    static std::expected<Client, LinkTrouble> connect(const std::string& path);

    // What was sent is wiped: it may hold a number.
    std::expected<void, LinkTrouble> send(std::string_view method, const boost::json::object& parameters,
                                          bool more);
    // Waits at most `patience`, forever without. Empty: nothing came in that time.
    std::expected<std::optional<Reply>, LinkTrouble> receive(std::optional<Milliseconds> patience);
    // One question, one answer, five seconds.
    std::expected<Reply, LinkTrouble> call(std::string_view method,
                                           const boost::json::object& parameters = {});

  private:
    explicit Client(UniqueFd descriptor) : descriptor_(std::move(descriptor)) {}

    UniqueFd descriptor_;
    std::string held_; // received, not yet a whole message
};

} // namespace kaomon::kaomonctl
