// A Varlink service on a Unix socket in kaomond's place: it takes every peer and answers as a test says.
#pragma once

#include "drivers/base/unique_fd.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace kaomon::gateway::testing {

// A thread for each connection.
class FakeDaemon {
  public:
    // What is replied to a call, each without NUL; an empty text closes the connection, one that ends with a
    // line feed is sent as it is, with no NUL to end it.
    using Script = std::function<std::vector<std::string>(const std::string& call)>;

    explicit FakeDaemon(std::filesystem::path socket, Script script = {});
    FakeDaemon(const FakeDaemon&) = delete;
    FakeDaemon& operator=(const FakeDaemon&) = delete;
    ~FakeDaemon();

    std::vector<std::string> peers() const; // that were spoken for, in their order
    std::vector<std::string> calls() const; // that came after that
    std::size_t open() const { return open_; }

  private:
    void accept();
    void serve(int descriptor);

    std::filesystem::path path_;
    Script script_;
    UniqueFd listening_;
    std::atomic<bool> ends_ = false;
    std::atomic<std::size_t> open_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> peers_, calls_;
    std::list<UniqueFd> connections_;
    std::list<std::jthread> threads_; // the last: they end first
};

// Echoes each call as the parameter "call" of its reply.
std::vector<std::string> echo(const std::string& call);

} // namespace kaomon::gateway::testing
