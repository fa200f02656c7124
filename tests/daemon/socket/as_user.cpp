#include "tests/daemon/socket/as_user.hpp"

#include "drivers/base/unique_fd.hpp"
#include "tests/daemon/socket/raw_client.hpp"

#include <fcntl.h>
#include <sys/wait.h>

#include <array>
#include <csignal>

namespace kaomon::testing {

namespace fs = std::filesystem;

void open_to_all(const fs::path& socket) {
    fs::permissions(socket, fs::perms::all);
    fs::permissions(socket.parent_path(), fs::perms::all);
}

std::string call_as(uid_t user, const fs::path& socket, std::string_view message) {
    auto line = calls_as(user, socket, {std::string(message)});
    if (line.ends_with('\n'))
        line.pop_back();
    return line;
}

std::string calls_as(uid_t user, const fs::path& socket, const std::vector<std::string>& messages) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        return "(no pipe)";
    const UniqueFd from(ends[0]);
    UniqueFd to(ends[1]);
    const pid_t child = fork();
    if (child == 0) {
        if (setuid(user) == 0) {
            RawClient client(socket);
            for (const auto& message : messages) {
                const std::string reply = client.call(message) + "\n";
                (void)!write(to.get(), reply.data(), reply.size());
            }
        }
        _exit(0);
    }
    to.reset();
    std::string reply;
    std::array<char, 4096> bytes;
    while (true) {
        const ssize_t got = read(from.get(), bytes.data(), bytes.size());
        if (got <= 0)
            break;
        reply.append(bytes.data(), static_cast<std::size_t>(got));
    }
    waitpid(child, nullptr, 0);
    return reply;
}

Held hold_as(uid_t user, const fs::path& socket, std::string_view message) {
    const pid_t child = fork();
    if (child == 0) {
        if (setuid(user) == 0) {
            RawClient client(socket);
            client.send(message);
            pause();
        }
        _exit(0);
    }
    return Held(child);
}

Held::~Held() {
    if (child_ <= 0)
        return;
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
}

} // namespace kaomon::testing
