// The gateway in this process, before a service in kaomond's place.
#pragma once

#include "daemon/gateway/server.hpp"
#include "tests/daemon/gateway/fake_daemon.hpp"
#include "tests/daemon/gateway/temporary_folder.hpp"
#include "tests/daemon/gateway/web_client.hpp"

#include <future>
#include <memory>
#include <string>

namespace kaomon::gateway::testing {

// Its folder has state, run, pages and kaomond's socket, and goes with it.
class RunningGateway {
    const TemporaryFolder held_;

  public:
    explicit RunningGateway(FakeDaemon::Script script = {}, Settings wanted = {});
    RunningGateway(const RunningGateway&) = delete;
    RunningGateway& operator=(const RunningGateway&) = delete;
    ~RunningGateway();

    void stop(); // the gateway; as SIGTERM does

    std::string host() const { return "127.0.0.1:" + std::to_string(port); }
    std::string origin() const { return "http://" + host(); }
    std::string token(const std::string& page) const;
    std::string offer(const std::string& page) const { return "varlink, token." + token(page); }
    WebClient client() const { return WebClient(port); }
    // A page's WebSocket.
    WebClient page(const std::string& page) const;

    const std::filesystem::path folder;
    Settings settings;
    std::unique_ptr<FakeDaemon> daemon;
    std::uint16_t port = 0, lan_port = 0;

  private:
    boost::asio::io_context loop_;
    std::unique_ptr<Server> server_;
    std::thread thread_;
};

// Within ten seconds.
bool comes_true(const std::function<bool()>& what);

} // namespace kaomon::gateway::testing
