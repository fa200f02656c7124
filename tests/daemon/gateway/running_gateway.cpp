#include "tests/daemon/gateway/running_gateway.hpp"

#include <boost/asio/post.hpp>

#include <fstream>
#include <stdexcept>

namespace kaomon::gateway::testing {
RunningGateway::RunningGateway(FakeDaemon::Script script, Settings wanted)
    : folder(held_.path), settings(std::move(wanted)) {
    settings.port = 0;
    settings.socket = folder / "kaomon.sock";
    settings.state = folder / "state";
    settings.run = folder / "run";
    settings.pages = folder / "pages";
    for (const auto& one : {settings.state, settings.run, settings.pages / "assets"})
        std::filesystem::create_directories(one);
    std::ofstream(settings.pages / "patient.html") << "<!doctype html><title>patient</title>";
    std::ofstream(settings.pages / "staff.html") << "<!doctype html><title>staff</title>";
    std::ofstream(settings.pages / "assets" / "screen.mjs") << "export const here = true;\n";
    daemon = std::make_unique<FakeDaemon>(settings.socket, std::move(script));
    server_ = std::make_unique<Server>(loop_, settings);
    if (const auto started = server_->start(); !started)
        throw std::runtime_error(started.error().detail);
    port = server_->port();
    lan_port = server_->lan_port();
    thread_ = std::thread([this] {
        const auto work = boost::asio::make_work_guard(loop_);
        loop_.run();
    });
}

void RunningGateway::stop() {
    std::promise<void> done;
    boost::asio::post(loop_, [&] {
        server_->stop();
        done.set_value();
    });
    done.get_future().wait();
}

RunningGateway::~RunningGateway() {
    stop();
    loop_.stop();
    thread_.join();
    server_.reset();
    daemon.reset();
}

std::string RunningGateway::token(const std::string& page) const {
    std::ifstream file(settings.token_file(page));
    std::string line;
    std::getline(file, line);
    return line;
}

WebClient RunningGateway::page(const std::string& page) const {
    WebClient made = client();
    const auto reply = made.upgrade(host(), origin(), offer(page));
    if (reply.status != 101)
        throw std::runtime_error(reply.head + reply.body);
    return made;
}

bool comes_true(const std::function<bool()>& what) {
    for (int i = 0; i < 1000; ++i) {
        if (what())
            return true;
        std::this_thread::sleep_for(Milliseconds(10));
    }
    return false;
}

} // namespace kaomon::gateway::testing
