// One WebSocket of an admitted visitor and its connection to kaomond.
#pragma once

#include "daemon/gateway/admission.hpp"
#include "daemon/gateway/stream.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace kaomon::gateway {

using Request = boost::beast::http::request<boost::beast::http::string_body>;

struct BridgeWiring {
    boost::asio::io_context* loop;
    std::filesystem::path socket; // kaomond's
    Visitor visitor;
    bool names_protocol = true;         // the visitor asked for the subprotocol "varlink"
    std::function<bool()> still_counts; // asked before each message
    std::function<void()> ended;        // once; nothing of it is left
};

// One message is one text frame (or several, RFC 6455 section 5.4), without NUL. Calls that the visitor's
// role does not have are answered here, in their turn. Thread-bound.
class Bridge {
  public:
    virtual ~Bridge() = default;
    // The visitor hears why, if it listens; within a second everything is closed.
    virtual void close(Refusal why) = 0;
    // Closes it if its peer does not count any more.
    virtual void look() = 0;
};

// The answer to `request`, which asks for a WebSocket, and all that follows; it keeps itself alive.
std::shared_ptr<Bridge> open_bridge(Stream stream, const Request& request, BridgeWiring wiring);

} // namespace kaomon::gateway
