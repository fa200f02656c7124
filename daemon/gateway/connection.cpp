#include "daemon/gateway/connection.hpp"

#include "daemon/gateway/limits.hpp"
#include "daemon/gateway/pages.hpp"
#include "daemon/gateway/pairing.hpp"
#include "daemon/gateway/tls.hpp"
#include "drivers/base/log.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

namespace kaomon::gateway {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

struct Connection::Reading {
    Reading() {
        parser.header_limit(max_header);
        parser.body_limit(max_body);
    }
    http::request_parser<http::string_body> parser;
};

namespace {

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

Time now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// The text of org.kaomon.Device.GetMetrics.
Answer metrics(const std::optional<std::string>& reply) {
    error_code bad;
    const auto parsed = reply ? boost::json::parse(*reply, bad) : boost::json::value();
    const auto* text = bad ? nullptr : parsed.find_pointer("/parameters/text", bad);
    if (text == nullptr || !text->is_string())
        return refusal(Refusal::daemon_unreachable);
    return {200, "text/plain; version=0.0.4; charset=utf-8", std::string(text->get_string())};
}

Answer health(const std::optional<std::string>& reply) {
    return reply ? Answer{200, "application/json", R"({"status":"ok"})"}
                 : refusal(Refusal::daemon_unreachable);
}

} // namespace

Connection::Connection(std::shared_ptr<House> house, std::shared_ptr<const Door> door, Stream stream,
                       Crowd::Number number)
    : house_(std::move(house)), door_(std::move(door)), stream_(std::move(stream)), timer_(house_->loop),
      number_(number) {}

Connection::~Connection() {
    if (seated_) // the WebSocket has the place
        return;
    house_->connections.erase(number_);
    house_->crowd.leave(number_);
}

void Connection::start() {
    deadline(request_timeout);
    stream_.handshake([self = shared_from_this()](error_code error) {
        if (error)
            return self->cut();
        if (const auto shown = certificate_of(self->stream_.tls())) {
            self->serial_ = shown->serial;
            self->sha256_ = shown->sha256;
        }
        self->read();
    });
}

void Connection::deadline(Milliseconds limit) {
    timer_.expires_after(limit);
    timer_.async_wait([weak = weak_from_this()](error_code error) {
        const auto self = weak.lock();
        if (!error && self)
            self->cut();
    });
}

void Connection::cut() noexcept {
    timer_.cancel();
    stream_.close();
}

void Connection::read() {
    reading_ = std::make_unique<Reading>();
    buffer_.max_size(max_header + max_body);
    http::async_read(stream_, buffer_, reading_->parser,
                     [self = shared_from_this()](error_code error, std::size_t) {
                         if (error)
                             return self->failed(error);
                         self->timer_.cancel();
                         self->handle(self->reading_->parser.get());
                     });
}

void Connection::failed(error_code error) {
    keep_alive_ = head_ = false;
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
        return answer(refusal(Refusal::header_too_large));
    if (error == http::error::body_limit)
        return answer(refusal(Refusal::body_too_large));
    if (error == http::error::end_of_stream || error == http::error::partial_message ||
        error.category() != http::make_error_code(http::error::bad_method).category())
        return cut(); // nothing, or half a request, and then the end
    answer(refusal(Refusal::request_malformed));
}

Asking Connection::asking(const Request& request) const {
    const auto header = [&](http::field name) -> std::optional<std::string_view> {
        const auto found = request.find(name);
        return found == request.end() ? std::nullopt : std::optional(view(found->value()));
    };
    Asking asking;
    asking.host = header(http::field::host).value_or("");
    asking.one_host = request.count(http::field::host) == 1 && request.count(http::field::origin) <= 1 &&
                      request.count(http::field::sec_websocket_protocol) <= 1;
    asking.origin = header(http::field::origin);
    asking.subprotocols = header(http::field::sec_websocket_protocol);
    asking.certificate_shown = !serial_.empty();
    if (asking.certificate_shown) {
        house_->peers.look();
        asking.certificate = house_->peers.find(serial_, sha256_, now());
    }
    return asking;
}

void Connection::handle(const Request& request) {
    head_ = request.method() == http::verb::head;
    keep_alive_ = request.keep_alive() && ++requests_ < max_requests_in_row;
    const std::string_view target = view(request.target());
    const std::string_view path = target.substr(0, target.find('?'));
    if (path == "/varlink")
        return open_socket(request);
    if (const auto refused = check_page(*door_, path, asking(request)))
        return answer(refusal(*refused));
    if (const auto ready = page(request, path))
        answer(*ready);
}

// Nothing: it is answered later.
std::optional<Answer> Connection::page(const Request& request, std::string_view path) {
    const bool post = request.method() == http::verb::post;
    if (post != (path == "/pair") || (!post && !head_ && request.method() != http::verb::get))
        return refusal(Refusal::method_not_allowed);
    if (path == "/pair") {
        const auto paired = house_->authority
                                ? pair(*house_->authority, house_->settings.state, request.body(), now())
                                : std::unexpected(Refusal::not_found);
        return paired ? Answer{200, "application/json", *paired} : refusal(paired.error());
    }
    if (path == "/health" || path == "/metrics") {
        const bool counts = path == "/metrics";
        house_->upstream.ask(counts ? "org.kaomon.Device.GetMetrics" : "org.varlink.service.GetInfo",
                             [self = shared_from_this(), counts](const std::optional<std::string>& reply) {
                                 self->answer(counts ? metrics(reply) : health(reply));
                             });
        return std::nullopt;
    }
    auto found = read_page(house_->settings.pages, path);
    if (!found)
        return refusal(found.error());
    return Answer{200, found->type, std::move(found->content)};
}

void Connection::open_socket(const Request& request) {
    keep_alive_ = false;
    const auto who = asking(request);
    if (const auto refused = check_host(*door_, who, door_->origins))
        return answer(refusal(*refused));
    if (request.method() != http::verb::get)
        return answer(refusal(Refusal::method_not_allowed));
    if (!beast::websocket::is_upgrade(request))
        return answer(refusal(Refusal::upgrade_needed));
    const auto visitor = admit(*door_, house_->tokens, who);
    if (!visitor)
        return answer(refusal(visitor.error()));
    if (buffer_.size() > 0 || house_->closed) // frames before the answer to the upgrade
        return answer(refusal(Refusal::request_malformed));
    if (!house_->crowd.sit(number_, visitor->peer))
        return answer(refusal(Refusal::too_many));
    seated_ = true;
    house_->connections.erase(number_);
    const auto offer = read_offer(who.subprotocols.value_or(""));
    auto still_counts = [house = std::weak_ptr(house_), serial = serial_, sha256 = sha256_] {
        const auto here = house.lock();
        if (!here || serial.empty())
            return here != nullptr;
        here->peers.look();
        return here->peers.find(serial, sha256, now()) != nullptr;
    };
    house_->bridges[number_] = open_bridge(std::move(stream_), request,
                                           {.loop = &house_->loop,
                                            .socket = house_->settings.socket,
                                            .visitor = *visitor,
                                            .names_protocol = offer && offer->varlink,
                                            .still_counts = std::move(still_counts),
                                            .ended = [house = std::weak_ptr(house_), number = number_] {
                                                if (const auto here = house.lock()) {
                                                    here->bridges.erase(number);
                                                    here->crowd.leave(number);
                                                }
                                            }});
}

void Connection::answer(const Answer& answer) {
    if (answer.status >= 400) {
        keep_alive_ = false;
        constexpr std::size_t before = std::string_view(R"({"error":")").size();
        // a topic of its own (log_rate.hpp): a flood of them hides nothing else
        log(LogLevel::info, "refused: " + std::to_string(answer.status) + ' ' +
                                answer.body.substr(before, answer.body.find('"', before) - before));
    }
    out_ = as_text(answer, head_, keep_alive_);
    deadline(answer_timeout);
    asio::async_write(stream_, asio::buffer(out_),
                      [self = shared_from_this()](error_code error, std::size_t) {
                          if (error)
                              return self->cut();
                          if (!self->keep_alive_)
                              return self->stream_.linger([self](error_code) { self->cut(); });
                          self->deadline(request_timeout);
                          self->read();
                      });
}

} // namespace kaomon::gateway
