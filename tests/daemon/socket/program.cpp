#include "tests/daemon/socket/program.hpp"

#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>

#include <array>
#include <csignal>
#include <cstdlib>

namespace kaomon::testing {
namespace {

constexpr unsigned patience = 240; // seconds: sanitized, measuring, on a loaded machine; ctest ends at 300

struct Pipe {
    Pipe() {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0)
            std::abort();
        from.reset(ends[0]);
        to.reset(ends[1]);
    }
    UniqueFd from, to;
};

bool take(UniqueFd& from, short events, std::string& into) {
    if (events == 0)
        return true;
    std::array<char, 4096> bytes;
    const ssize_t got = read(from.get(), bytes.data(), bytes.size());
    if (got > 0)
        into.append(bytes.data(), static_cast<std::size_t>(got));
    return got > 0;
}

} // namespace

Ended run_program(const std::vector<std::string>& command, const std::string& input) {
    Pipe in, out, err;
    std::vector<char*> arguments;
    for (const std::string& word : command)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        dup2(in.from.get(), STDIN_FILENO);
        dup2(out.to.get(), STDOUT_FILENO);
        dup2(err.to.get(), STDERR_FILENO);
        setenv("LANG", "C", 1);
        unsetenv("LC_ALL");
        unsetenv("LC_MESSAGES");
        unsetenv("KAOMON_SOCKET");
        alarm(patience); // outlives execvp: a program that hangs is killed
        execvp(arguments[0], arguments.data());
        _exit(127);
    }
    in.from.reset();
    out.to.reset();
    err.to.reset();
    (void)!write(in.to.get(), input.data(), input.size()); // short: fits the pipe
    in.to.reset();
    Ended ended;
    bool out_open = true, err_open = true;
    while (out_open || err_open) {
        std::array<pollfd, 2> waiting{
            {{out_open ? out.from.get() : -1, POLLIN, 0}, {err_open ? err.from.get() : -1, POLLIN, 0}}};
        poll(waiting.data(), waiting.size(), -1);
        out_open = out_open && take(out.from, waiting[0].revents, ended.out);
        err_open = err_open && take(err.from, waiting[1].revents, ended.err);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ended;
}

} // namespace kaomon::testing
