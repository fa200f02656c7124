// The socket file: made with the right owner and mode, never taken from a living daemon, removed at the end.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/base/unique_fd.hpp"

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace kaomon::socket {

// A listening AF_UNIX stream socket and its file. Thread-bound.
class Listener {
  public:
    // Mode 0660, group `group` (empty: the process's own). A file left by a daemon that is gone is replaced.
    // Reasons: socket_unusable (another daemon answers there, not a socket, path over 107 bytes, no such
    // folder, no rights), config_invalid (no such group).
    static Result<Listener> open(const std::filesystem::path& path, const std::string& group);

    Listener(Listener&&) noexcept = default;
    Listener& operator=(Listener&&) noexcept = default;
    ~Listener() { remove_file(); }

    // The descriptor goes to the caller, the file stays with this object.
    int release() noexcept { return descriptor_.release(); }
    // Unless another one stands in its place by now.
    void remove_file() noexcept;

  private:
    Listener() = default;

    UniqueFd descriptor_;
    std::filesystem::path file_; // empty: none of ours
    dev_t device_ = 0;
    ino_t inode_ = 0;
};

} // namespace kaomon::socket
