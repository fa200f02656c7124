#include "daemon/gateway/server.hpp"

#include "daemon/gateway/authority.hpp"
#include "daemon/gateway/connection.hpp"
#include "daemon/gateway/house.hpp"
#include "daemon/gateway/limits.hpp"
#include "daemon/gateway/tls.hpp"
#include "drivers/base/log.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <list>
#include <vector>

namespace kaomon::gateway {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr int backlog = 512; // a flood fills it for less than the second in which TCP tries again
constexpr std::chrono::hours look_at_certificate{12};         // which is renewed 30 days before its end
constexpr std::chrono::milliseconds without_descriptors{100}; // until the next connection is taken

std::unexpected<Failure> unusable(const std::string& what, error_code error) {
    return fail(Reason::socket_unusable, what + ": " + error.message());
}

Result<tcp::acceptor> listen(asio::io_context& loop, const std::string& address, std::uint16_t port) {
    const std::string what = address + " port " + std::to_string(port);
    error_code error;
    const auto ip = asio::ip::make_address(address, error);
    if (error)
        return unusable(what, error);
    tcp::acceptor made(loop);
    const tcp::endpoint endpoint(ip, port);
    if (made.open(endpoint.protocol(), error) ||
        made.set_option(asio::socket_base::reuse_address(true), error) ||
        (ip.is_v6() && made.set_option(asio::ip::v6_only(true), error)) || made.bind(endpoint, error) ||
        made.listen(backlog, error))
        return unusable(what, error);
    return made;
}

} // namespace

struct Server::Impl : std::enable_shared_from_this<Server::Impl> {
    struct Listening {
        tcp::acceptor acceptor;
        std::shared_ptr<const Door> door;
        std::shared_ptr<asio::ssl::context> tls; // null: plain
        asio::steady_timer pause;
    };

    Impl(asio::io_context& loop, Settings settings)
        : house(std::make_shared<House>(loop, std::move(settings))), look_timer(loop), renew_timer(loop) {}

    Result<void> open_here();
    Result<void> open_lan();
    Result<void> write_tokens();
    void accept(Listening& at);
    void come(Listening& at, tcp::socket socket);
    void look();
    Result<std::shared_ptr<asio::ssl::context>> make_tls();
    void renew();

    std::shared_ptr<House> house;
    asio::steady_timer look_timer, renew_timer;
    std::list<Listening> listening;
    std::uint16_t port = 0, lan_port = 0;
};

Result<void> Server::Impl::open_here() {
    auto four = listen(house->loop, "127.0.0.1", house->settings.port);
    if (!four)
        return std::unexpected(four.error());
    port = four->local_endpoint().port();
    const auto door = std::make_shared<const Door>(Names::of_this_computer(port));
    listening.push_back({std::move(*four), door, nullptr, asio::steady_timer(house->loop)});
    auto six = listen(house->loop, "::1", port);
    if (six)
        listening.push_back({std::move(*six), door, nullptr, asio::steady_timer(house->loop)});
    else // a machine without IPv6
        log(LogLevel::info, "gateway: " + six.error().detail);
    return {};
}

Result<std::shared_ptr<asio::ssl::context>> Server::Impl::make_tls() {
    auto authority =
        Authority::open(house->settings.state, house->settings.names_in_lan(),
                        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    if (!authority)
        return std::unexpected(authority.error());
    house->authority = std::make_shared<Authority>(std::move(*authority));
    return tls_context(*house->authority, house->settings.tls12);
}

Result<void> Server::Impl::open_lan() {
    const auto lan = house->settings.lan();
    if (!lan)
        return {};
    auto context = make_tls();
    if (!context)
        return std::unexpected(context.error());
    auto acceptor = listen(house->loop, lan->address, lan->port);
    if (!acceptor)
        return std::unexpected(acceptor.error());
    lan_port = acceptor->local_endpoint().port();
    const auto door = std::make_shared<const Door>(Names::of_lan(house->settings.names_in_lan(), lan_port),
                                                   false, house->settings.origins);
    listening.push_back({std::move(*acceptor), door, *context, asio::steady_timer(house->loop)});
    return {};
}

// A gateway that runs for a year has a new certificate by then. Who is connected goes on with the old one.
void Server::Impl::renew() {
    renew_timer.expires_after(look_at_certificate);
    renew_timer.async_wait([self = shared_from_this()](error_code error) {
        if (error)
            return;
        auto context = self->make_tls();
        if (!context)
            log(LogLevel::error, "gateway: " + context.error().detail);
        for (auto& at : self->listening) {
            if (at.tls && context)
                at.tls = *context;
        }
        self->renew();
    });
}

Result<void> Server::Impl::write_tokens() {
    const auto write = [&](std::string& token, std::string_view page,
                           const std::string& group) -> Result<void> {
        auto made = make_token();
        if (!made)
            return std::unexpected(made.error());
        token = std::move(*made);
        return write_token(house->settings.token_file(page), token, group);
    };
    if (auto written = write(house->tokens.patient, "patient", house->settings.patient_group); !written)
        return written;
    return write(house->tokens.staff, "staff", house->settings.staff_group);
}

void Server::Impl::accept(Listening& at) {
    at.acceptor.async_accept([self = shared_from_this(), &at](error_code error, tcp::socket socket) {
        if (self->house->closed)
            return;
        if (!error) {
            self->come(at, std::move(socket));
            return self->accept(at);
        }
        if (error == asio::error::connection_aborted)
            return self->accept(at);
        log(LogLevel::warning, "gateway: cannot take a connection: " + error.message());
        at.pause.expires_after(without_descriptors);
        at.pause.async_wait([self, &at](error_code stopped) {
            if (!stopped && !self->house->closed)
                self->accept(at);
        });
    });
}

void Server::Impl::come(Listening& at, tcp::socket socket) {
    error_code error;
    const auto from = socket.remote_endpoint(error);
    if (error)
        return; // gone again
    const auto place = house->crowd.come(from.address().to_string());
    if (place.instead) { // a topic of its own for the log's rate
        log(LogLevel::warning, "crowd: too many connections; the one that waited longest is closed");
        if (const auto found = house->connections.find(*place.instead); found != house->connections.end()) {
            if (const auto other = found->second.lock())
                other->cut();
        }
    }
    if (!place.number) {
        log(LogLevel::warning, "crowd: no place for another connection");
        return;
    }
    auto connection = std::make_shared<Connection>(
        house, at.door, at.tls ? Stream(std::move(socket), *at.tls) : Stream(std::move(socket)),
        *place.number);
    house->connections[*place.number] = connection;
    connection->start();
}

// Who was revoked has to go, also who says nothing.
void Server::Impl::look() {
    look_timer.expires_after(look_at_peers);
    look_timer.async_wait([self = shared_from_this()](error_code error) {
        if (error)
            return;
        std::vector<std::shared_ptr<Bridge>> open; // one that closes leaves the map
        for (const auto& [number, bridge] : self->house->bridges)
            open.push_back(bridge.lock());
        for (const auto& bridge : open) {
            if (bridge)
                bridge->look();
        }
        self->look();
    });
}

Server::Server(asio::io_context& loop, Settings settings)
    : impl_(std::make_shared<Impl>(loop, std::move(settings))) {}

Server::~Server() {
    stop();
}

Result<void> Server::start() {
    if (auto opened = impl_->open_here(); !opened)
        return opened;
    if (auto opened = impl_->open_lan(); !opened)
        return opened;
    if (auto written = impl_->write_tokens(); !written)
        return written;
    for (auto& at : impl_->listening)
        impl_->accept(at);
    if (impl_->lan_port != 0) {
        impl_->look();
        impl_->renew();
    }
    return {};
}

void Server::stop() {
    House& house = *impl_->house;
    if (std::exchange(house.closed, true))
        return;
    impl_->look_timer.cancel();
    impl_->renew_timer.cancel();
    for (auto& at : impl_->listening) {
        error_code ignored;
        at.pause.cancel();
        (void)at.acceptor.close(ignored);
    }
    std::vector<std::shared_ptr<Connection>> waiting;
    for (const auto& [number, connection] : house.connections)
        waiting.push_back(connection.lock());
    for (const auto& connection : waiting) {
        if (connection)
            connection->cut();
    }
    std::vector<std::shared_ptr<Bridge>> open;
    for (const auto& [number, bridge] : house.bridges)
        open.push_back(bridge.lock());
    for (const auto& bridge : open) {
        if (bridge)
            bridge->close(Refusal::gateway_stops);
    }
}

std::uint16_t Server::port() const noexcept {
    return impl_->port;
}

std::uint16_t Server::lan_port() const noexcept {
    return impl_->lan_port;
}

} // namespace kaomon::gateway
