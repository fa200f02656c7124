#include "tests/daemon/socket/served_desk.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <unistd.h>

#include <cstdlib>
#include <future>
#include <stdexcept>

namespace kaomon::testing {

struct ServedDesk::Loop {
    boost::asio::io_context io{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{io.get_executor()};
    ScriptedDesk desk{io};
    std::unique_ptr<socket::Server> server;
};

ServedDesk::ServedDesk(const std::function<void(socket::Options&)>& change)
    : folder_(make_temporary_folder()), path_(folder_ / "kaomon.sock"), loop_(std::make_unique<Loop>()) {
    // everyone who runs these tests may hand in what these two saw
    socket::Options options{.path = path_,
                            .permissions = {.screen_users = {std::to_string(geteuid())},
                                            .staff_users = {std::to_string(geteuid()) + ":hanako.s",
                                                            std::to_string(geteuid()) + ":a"}}};
    if (change)
        change(options);
    loop_->server = std::make_unique<socket::Server>(loop_->io, loop_->desk, std::move(options));
    if (const auto started = loop_->server->start(); !started)
        throw std::runtime_error("server: " + started.error().detail);
    thread_ = std::thread([this] { loop_->io.run(); });
}

ServedDesk::~ServedDesk() {
    boost::asio::post(loop_->io, [this] {
        loop_->server.reset();
        loop_->io.stop();
    });
    thread_.join();
    loop_.reset();
    std::filesystem::remove_all(folder_);
}

void ServedDesk::run(const std::function<void(ScriptedDesk&)>& work) {
    std::promise<void> done;
    boost::asio::post(loop_->io, [&] {
        work(loop_->desk);
        done.set_value();
    });
    done.get_future().wait();
}

void ServedDesk::stop() {
    run([this](ScriptedDesk&) { loop_->server->stop(); });
}

std::size_t ServedDesk::clients() {
    std::size_t count = 0;
    run([&](ScriptedDesk&) { count = loop_->server->clients(); });
    return count;
}

bool ServedDesk::eventually(const std::function<bool(ScriptedDesk&)>& holds) {
    const Instant end = SteadyClock::now() + Milliseconds(2000);
    bool held = false;
    while (!held && SteadyClock::now() < end) {
        run([&](ScriptedDesk& desk) { held = holds(desk); });
        if (!held)
            std::this_thread::sleep_for(Milliseconds(2));
    }
    return held;
}

std::filesystem::path make_temporary_folder() {
    std::string name = std::filesystem::temp_directory_path() / "kaomon-socket-XXXXXX";
    if (mkdtemp(name.data()) == nullptr)
        throw std::runtime_error("mkdtemp");
    return name;
}

} // namespace kaomon::testing
