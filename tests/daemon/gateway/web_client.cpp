#include "tests/daemon/gateway/web_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cstring>

namespace kaomon::gateway::testing {
namespace {

constexpr timeval patience{5, 0};

} // namespace

struct WebClient::Tls {
    explicit Tls(const TlsFiles& files) : context(SSL_CTX_new(TLS_client_method())) {
        SSL_CTX_load_verify_locations(context, files.authority.c_str(), nullptr);
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
        if (files.version != 0)
            SSL_CTX_set_max_proto_version(context, files.version);
        if (!files.certificate.empty()) {
            SSL_CTX_use_certificate_file(context, files.certificate.c_str(), SSL_FILETYPE_PEM);
            SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM);
        }
        ssl = SSL_new(context);
        if (in_addr address{}; inet_pton(AF_INET, files.server_name.c_str(), &address) == 1)
            X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), files.server_name.c_str());
        else
            SSL_set1_host(ssl, files.server_name.c_str());
    }
    Tls(const Tls&) = delete;
    Tls& operator=(const Tls&) = delete;
    ~Tls() {
        SSL_free(ssl);
        SSL_CTX_free(context);
    }
    SSL_CTX* context;
    SSL* ssl = nullptr;
    bool ready = false;
};

int Frame::close_code() const {
    if (opcode != 8 || payload.size() < 2)
        return 0;
    return static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
}

WebClient::WebClient(std::uint16_t port, const std::optional<TlsFiles>& tls, const std::string& address) {
    const bool six = address.find(':') != std::string::npos;
    socket_.reset(::socket(six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket_.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in four{.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {}, .sin_zero = {}};
    sockaddr_in6 other{};
    other.sin6_family = AF_INET6;
    other.sin6_port = htons(port);
    inet_pton(six ? AF_INET6 : AF_INET, address.c_str(),
              six ? static_cast<void*>(&other.sin6_addr) : &four.sin_addr);
    const int connected = six ? connect(socket_.get(), reinterpret_cast<sockaddr*>(&other), sizeof other)
                              : connect(socket_.get(), reinterpret_cast<sockaddr*>(&four), sizeof four);
    if (connected != 0)
        socket_.reset();
    if (socket_ && tls) {
        tls_ = std::make_unique<Tls>(*tls);
        SSL_set_fd(tls_->ssl, socket_.get());
        tls_->ready = SSL_connect(tls_->ssl) == 1;
    }
}

WebClient::WebClient(WebClient&&) noexcept = default;
WebClient::~WebClient() = default;

bool WebClient::connected() const noexcept {
    return socket_ && (!tls_ || tls_->ready);
}

bool WebClient::send(std::string_view bytes) {
    if (!connected())
        return false;
    while (!bytes.empty()) {
        const auto put =
            tls_ ? SSL_write(tls_->ssl, bytes.data(), static_cast<int>(bytes.size()))
                 : static_cast<int>(::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL));
        if (put <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return true;
}

bool WebClient::take() {
    std::array<char, 16'384> buffer{};
    const auto got = !connected() ? 0
                     : tls_       ? SSL_read(tls_->ssl, buffer.data(), static_cast<int>(buffer.size()))
                                  : static_cast<int>(::recv(socket_.get(), buffer.data(), buffer.size(), 0));
    if (got <= 0)
        return false;
    held_.append(buffer.data(), static_cast<std::size_t>(got));
    return true;
}

std::string WebClient::receive(std::size_t most) {
    if (held_.empty())
        take();
    const std::string got = held_.substr(0, most);
    held_.erase(0, got.size());
    return got;
}

bool WebClient::ended(Milliseconds within) {
    const auto until = SteadyClock::now() + within;
    std::array<char, 16'384> buffer{};
    while (true) {
        const auto left = std::chrono::ceil<Milliseconds>(until - SteadyClock::now());
        pollfd wanted{.fd = socket_.get(), .events = POLLIN, .revents = 0};
        if (left.count() <= 0 || poll(&wanted, 1, static_cast<int>(left.count())) <= 0)
            return false;
        if (::recv(socket_.get(), buffer.data(), buffer.size(), 0) <= 0)
            return true;
    }
}

HttpReply WebClient::http(const std::string& request) {
    HttpReply reply;
    send(request);
    std::size_t end = 0;
    while ((end = held_.find("\r\n\r\n")) == std::string::npos) {
        if (!take())
            return reply;
    }
    reply.head = held_.substr(0, end + 2);
    held_.erase(0, end + 4);
    reply.status = std::stoi(reply.head.substr(9, 3));
    const auto length = reply.head.find("Content-Length: ");
    const std::size_t size = length == std::string::npos || request.starts_with("HEAD")
                                 ? 0
                                 : std::stoul(reply.head.substr(length + 16));
    while (held_.size() < size && take()) {
    }
    reply.body = held_.substr(0, size);
    held_.erase(0, reply.body.size());
    return reply;
}

HttpReply WebClient::get(const std::string& path, const std::string& host, const std::string& more,
                         const std::string& method, const std::string& behind) {
    return http(method + ' ' + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + more + "\r\n" + behind);
}

HttpReply WebClient::upgrade(const std::string& host, const std::string& origin,
                             const std::string& subprotocols, const std::string& more,
                             const std::string& path) {
    return get(path, host,
               "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                   (origin.empty() ? "" : "Origin: " + origin + "\r\n") +
                   (subprotocols.empty() ? "" : "Sec-WebSocket-Protocol: " + subprotocols + "\r\n") + more);
}

std::string masked_frame(int first, std::string_view payload) {
    constexpr std::array<unsigned char, 4> mask{0x12, 0x34, 0x56, 0x78};
    std::string made;
    made.push_back(static_cast<char>(first));
    const std::size_t size = payload.size();
    if (size < 126) {
        made.push_back(static_cast<char>(0x80 | size));
    } else if (size < 65'536) {
        made.push_back(static_cast<char>(0x80 | 126));
        made.push_back(static_cast<char>(size >> 8));
        made.push_back(static_cast<char>(size & 0xFF));
    } else {
        made.push_back(static_cast<char>(0x80 | 127));
        for (int shift = 56; shift >= 0; shift -= 8)
            made.push_back(static_cast<char>(size >> shift & 0xFF));
    }
    made.append(reinterpret_cast<const char*>(mask.data()), mask.size());
    for (std::size_t i = 0; i < size; ++i)
        made.push_back(static_cast<char>(static_cast<unsigned char>(payload[i]) ^ mask[i % 4]));
    return made;
}

void WebClient::frame(int opcode, std::string_view payload, bool last) {
    send(masked_frame((last ? 0x80 : 0) | opcode, payload));
}

Frame WebClient::next() {
    const auto wait_for = [this](std::size_t bytes) {
        while (held_.size() < bytes) {
            if (!take())
                return false;
        }
        return true;
    };
    while (wait_for(2)) {
        std::size_t head = 2, size = static_cast<unsigned char>(held_[1]) & 0x7F;
        const std::size_t more = size == 126 ? 2 : size == 127 ? 8 : 0;
        if (!wait_for(head += more))
            break;
        if (more > 0) {
            size = 0;
            for (std::size_t i = 2; i < head; ++i)
                size = size << 8 | static_cast<unsigned char>(held_[i]);
        }
        if (!wait_for(head + size))
            break;
        Frame got{held_[0] & 0x0F, held_.substr(head, size)};
        held_.erase(0, head + size);
        if (got.opcode != 9)
            return got;
        frame(10, got.payload);
    }
    return {};
}

} // namespace kaomon::gateway::testing
