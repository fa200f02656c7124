#include "daemon/socket/server.hpp"

#include "daemon/socket/connection.hpp"
#include "daemon/socket/limits.hpp"
#include "daemon/socket/listener.hpp"
#include "daemon/socket/wording.hpp"
#include "drivers/base/log.hpp"

#include <boost/asio/io_context.hpp>
#include <sys/socket.h>

#include <algorithm>

namespace kaomon::socket {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using boost::system::error_code;

namespace {

constexpr Milliseconds accept_pause{200}; // after a failed accept: out of descriptors, most likely

std::string refusal_text(const Seats::Refusal& refused) {
    if (refused.reason == Reason::caller_slowed)
        return "connections of this user were no calls; again in " + std::to_string(refused.wait.count()) +
               " ms";
    return std::to_string(max_clients_of_user) + " connections of this user are open already, or " +
           std::to_string(max_clients) + " in all";
}

} // namespace

struct Server::Impl : std::enable_shared_from_this<Impl> {
    Impl(asio::io_context& loop, session::Desk& desk, Options wanted)
        : options(std::move(wanted)), service(std::make_shared<Service>(Service{desk})), acceptor(loop),
          pause(loop) {}

    Result<void> open() {
        auto policy = PeerPolicy::from(options.permissions);
        if (!policy)
            return std::unexpected(policy.error());
        service->policy = std::move(*policy);
        auto made = Listener::open(options.path, options.group);
        if (!made)
            return std::unexpected(made.error());
        error_code error;
        if (acceptor.assign(stream_protocol(), made->release(), error))
            return fail(Reason::socket_unusable, error.message());
        listener.emplace(std::move(*made));
        accept();
        return {};
    }

    void accept() {
        acceptor.async_accept([self = shared_from_this()](error_code error, stream_protocol::socket stream) {
            if (!self->acceptor.is_open())
                return;
            if (error) {
                log(LogLevel::warning, "socket: accept: " + error.message());
                self->pause.expires_after(accept_pause);
                self->pause.async_wait([self](error_code stopped) {
                    if (!stopped && self->acceptor.is_open())
                        self->accept();
                });
                return;
            }
            self->admit(std::move(stream));
            self->accept();
        });
    }

    // A fresh connection's buffer takes it whole; whoever closed it already does not care.
    static void turn_away(stream_protocol::socket& stream, Reason why, const std::string& detail) {
        const std::string words = farewell(why, detail);
        (void)::send(stream.native_handle(), words.data(), words.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    }

    void admit(stream_protocol::socket stream) {
        const auto peer = peer_of(stream.native_handle());
        if (!peer) {
            log(LogLevel::warning, "socket: " + peer.error().detail);
            return;
        }
        const auto refused =
            service->seats.take(peer->caller, service->trusts(peer->caller), SteadyClock::now());
        if (refused)
            return turn_away(stream, refused->reason, refusal_text(*refused));
        auto connection = std::make_shared<Connection>(
            std::move(stream), *peer, service,
            [weak = weak_from_this()](const Connection* closed, const Peer& by, bool disturbed) {
                const auto self = weak.lock();
                if (!self)
                    return;
                self->service->seats.leave(by.caller);
                if (disturbed)
                    self->service->seats.disturbed(by.caller, SteadyClock::now());
                std::erase_if(self->connections, [&](const auto& c) { return c.get() == closed; });
            });
        connections.push_back(connection);
        connection->start();
    }

    void close() {
        error_code ignored;
        (void)acceptor.close(ignored);
        pause.cancel();
        listener.reset();
        const auto leaving = connections; // dismiss() takes them out of the list
        for (const auto& connection : leaving)
            connection->dismiss({Reason::shutting_down, {}});
    }

    Options options;
    std::shared_ptr<Service> service;
    stream_protocol::acceptor acceptor;
    asio::steady_timer pause;
    std::optional<Listener> listener; // the file
    std::vector<std::shared_ptr<Connection>> connections;
};

Server::Server(asio::io_context& loop, session::Desk& desk, Options options)
    : impl_(std::make_shared<Impl>(loop, desk, std::move(options))) {}

Server::~Server() {
    stop();
}

Result<void> Server::start() {
    return impl_->open();
}

void Server::stop() noexcept {
    try {
        impl_->close();
    } catch (const std::exception& fault) { // no memory for a last word: the process ends all the same
        log(LogLevel::warning, std::string("socket: ") + fault.what());
    }
}

std::size_t Server::clients() const noexcept {
    return impl_->connections.size();
}

} // namespace kaomon::socket
