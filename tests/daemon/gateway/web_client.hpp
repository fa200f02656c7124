// A client of the gateway that writes every byte itself, also such as no browser would.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/unique_fd.hpp"

#include <openssl/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace kaomon::gateway::testing {

struct TlsFiles {
    std::filesystem::path authority;        // whom it trusts
    std::filesystem::path certificate, key; // its own; empty: none
    int version = 0;                        // of TLS, the highest; 0: any
    std::string server_name = "127.0.0.1";
};

struct HttpReply {
    int status = 0; // 0: none came
    std::string head, body;
    bool has(const std::string& text) const { return head.find(text) != std::string::npos; }
};

struct Frame {
    int opcode = -1; // 1 text, 8 close, 9 ping, 10 pong (RFC 6455 section 5.2); -1: the connection ended
    std::string payload;
    int close_code() const;
    std::string close_reason() const { return payload.size() > 2 ? payload.substr(2) : std::string(); }
};

// The bytes of one frame as a client sends it; `first` has FIN (0x80), the reserved bits (0x40, 0x20, 0x10)
// and the opcode (RFC 6455 section 5.2). Reentrant.
std::string masked_frame(int first, std::string_view payload);

// Everything waits five seconds at most. Thread-bound.
class WebClient {
  public:
    explicit WebClient(std::uint16_t port, const std::optional<TlsFiles>& tls = std::nullopt,
                       const std::string& address = "127.0.0.1");
    WebClient(WebClient&&) noexcept;
    ~WebClient();

    bool connected() const noexcept; // TLS: the handshake is done
    bool send(std::string_view bytes);
    // Whatever comes, at most that many bytes; empty: the end, or nothing in time.
    std::string receive(std::size_t most = 65'536);
    bool ended(Milliseconds within); // the other side closes in that time

    HttpReply http(const std::string& request); // one answer with a Content-Length
    HttpReply get(const std::string& path, const std::string& host, const std::string& more = {},
                  const std::string& method = "GET", const std::string& behind = {});
    // The answer to a request for a WebSocket; 101: it is one.
    HttpReply upgrade(const std::string& host, const std::string& origin, const std::string& subprotocols,
                      const std::string& more = {}, const std::string& path = "/varlink");

    void frame(int opcode, std::string_view payload, bool last = true);
    void text(std::string_view message) { frame(1, message); }
    Frame next(); // pings are answered and passed over
    std::string say(std::string_view message) { return text(message), next().payload; }

  private:
    struct Tls;
    UniqueFd socket_;
    std::unique_ptr<Tls> tls_;
    std::string held_;
    bool take();
};

} // namespace kaomon::gateway::testing
