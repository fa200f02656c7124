// Calls made by another user: in a child process, for SO_PEERCRED to see. Needs root.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::testing {

// What the files' modes would forbid is not the question here.
void open_to_all(const std::filesystem::path& socket);

// The first reply.
std::string call_as(uid_t user, const std::filesystem::path& socket, std::string_view message);

// The replies to several calls on one connection, a line each.
std::string calls_as(uid_t user, const std::filesystem::path& socket,
                     const std::vector<std::string>& messages);

// A child that sends the message and stays connected until this goes.
class Held {
  public:
    explicit Held(pid_t child) : child_(child) {}
    Held(Held&& other) noexcept : child_(other.child_) { other.child_ = -1; }
    Held& operator=(Held&&) = delete;
    ~Held();

  private:
    pid_t child_;
};
Held hold_as(uid_t user, const std::filesystem::path& socket, std::string_view message);

} // namespace kaomon::testing
