#include "daemon/socket/listener.hpp"

#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace kaomon::socket {
namespace {

constexpr int backlog = 16; // connections that wait while eight are served

std::unexpected<Failure> unusable(const std::filesystem::path& path, std::string_view what) {
    return fail(Reason::socket_unusable, path.string() + ": " + std::string(what));
}

std::unexpected<Failure> system_failure(const std::filesystem::path& path, const char* call) {
    return unusable(path, std::string(call) + ": " + std::strerror(errno));
}

Result<gid_t> find_group(const std::string& name) {
    if (name.empty())
        return static_cast<gid_t>(-1); // chown leaves it
    group entry{};
    group* found = nullptr;
    std::array<char, 16384> strings{}; // members' names too
    if (getgrnam_r(name.c_str(), &entry, strings.data(), strings.size(), &found) != 0 || found == nullptr)
        return fail(Reason::config_invalid, "socket.group: no group " + name);
    return found->gr_gid;
}

UniqueFd stream_socket() {
    return UniqueFd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

// Removes a socket file that nobody listens on.
Result<void> clear_place(const std::filesystem::path& path, const sockaddr_un& address) {
    struct stat seen{};
    if (lstat(path.c_str(), &seen) != 0) {
        if (errno == ENOENT)
            return {};
        return system_failure(path, "stat");
    }
    if (!S_ISSOCK(seen.st_mode))
        return unusable(path, "is there and is not a socket; it was not touched");
    const UniqueFd probe = stream_socket();
    if (!probe)
        return system_failure(path, "socket");
    if (connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ||
        errno == EAGAIN)
        return unusable(path, "another daemon already listens there");
    if (errno != ECONNREFUSED)
        return system_failure(path, "connect");
    if (unlink(path.c_str()) != 0 && errno != ENOENT)
        return system_failure(path, "unlink");
    return {};
}

} // namespace

Result<Listener> Listener::open(const std::filesystem::path& path, const std::string& group) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string& text = path.native();
    if (text.empty() || text.size() >= sizeof address.sun_path)
        return unusable(path, "path empty or over 107 bytes");
    text.copy(address.sun_path, text.size());
    const auto gid = find_group(group);
    if (!gid)
        return std::unexpected(gid.error());
    if (auto cleared = clear_place(path, address); !cleared)
        return std::unexpected(cleared.error());

    Listener made;
    made.descriptor_ = stream_socket();
    if (!made.descriptor_)
        return system_failure(path, "socket");
    // The file takes the mode from here: at no moment can others open it.
    if (fchmod(made.descriptor_.get(), 0600) != 0)
        return system_failure(path, "fchmod");
    if (bind(made.descriptor_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return system_failure(path, "bind");
    struct stat seen{};
    if (lstat(path.c_str(), &seen) != 0)
        return system_failure(path, "stat");
    made.file_ = path;
    made.device_ = seen.st_dev;
    made.inode_ = seen.st_ino;
    if (lchown(path.c_str(), static_cast<uid_t>(-1), *gid) != 0)
        return system_failure(path, "chown");
    if (chmod(path.c_str(), 0660) != 0)
        return system_failure(path, "chmod");
    if (listen(made.descriptor_.get(), backlog) != 0)
        return system_failure(path, "listen");
    return made;
}

void Listener::remove_file() noexcept {
    struct stat seen{};
    if (!file_.empty() && lstat(file_.c_str(), &seen) == 0 && seen.st_dev == device_ && seen.st_ino == inode_)
        unlink(file_.c_str());
    file_.clear();
}

} // namespace kaomon::socket
