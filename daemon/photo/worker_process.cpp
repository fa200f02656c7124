#include "daemon/photo/worker_process.hpp"

#include "daemon/photo/wire.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>

namespace kaomon::photo {
namespace {

int milliseconds_until(Instant deadline) {
    const auto left = std::chrono::ceil<Milliseconds>(deadline - SteadyClock::now()).count();
    return static_cast<int>(std::clamp<long long>(left, 0, 60'000));
}

std::unexpected<Failure> too_late() {
    return fail(Reason::photo_decoder_timeout, "kaomon-photo did not answer in time");
}

// What posix_spawn needs to know, given back when it goes.
struct SpawnOptions {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;

    explicit SpawnOptions(int socket) {
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_adddup2(&files, socket, 0);
        posix_spawnattr_init(&attributes);
        sigset_t all, none;
        sigfillset(&all);
        sigemptyset(&none);
        posix_spawnattr_setsigdefault(&attributes,
                                      &all); // the daemon may ignore signals the worker must die of
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }
    SpawnOptions(const SpawnOptions&) = delete;
    SpawnOptions& operator=(const SpawnOptions&) = delete;
    ~SpawnOptions() {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
};

} // namespace

WorkerProcess::WorkerProcess(pid_t pid, UniqueFd process, UniqueFd socket)
    : pid_(pid), process_(std::move(process)), socket_(std::move(socket)) {}

WorkerProcess::WorkerProcess(WorkerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), process_(std::move(other.process_)),
      socket_(std::move(other.socket_)), ready_(other.ready_) {}

WorkerProcess& WorkerProcess::operator=(WorkerProcess&& other) noexcept {
    if (this == &other)
        return *this;
    end();
    pid_ = std::exchange(other.pid_, -1);
    process_ = std::move(other.process_);
    socket_ = std::move(other.socket_);
    ready_ = other.ready_;
    return *this;
}

WorkerProcess::~WorkerProcess() {
    end();
}

void WorkerProcess::kill() noexcept {
    if (pid_ >= 0)
        ::kill(pid_, SIGKILL);
}

void WorkerProcess::end() noexcept {
    if (pid_ < 0)
        return;
    kill();
    while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
}

Result<WorkerProcess> WorkerProcess::start(const std::filesystem::path& program, Milliseconds cpu_time) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return fail(Reason::photo_decoder_failed, std::string("socketpair: ") + std::strerror(errno));
    UniqueFd ours(pair[0]);
    // dup2 onto itself would leave the close-on-exec mark; with 0 closed in the daemon that could happen
    UniqueFd theirs(pair[1] == 0 ? fcntl(pair[1], F_DUPFD_CLOEXEC, 3) : pair[1]);
    fcntl(ours.get(), F_SETFL, O_NONBLOCK);

    const SpawnOptions options(theirs.get());
    std::string path = program.string(), budget = std::to_string(cpu_time.count());
    char* const arguments[] = {path.data(), budget.data(), nullptr};
    char* const environment[] = {nullptr};
    pid_t pid = -1;
    const int failed =
        posix_spawn(&pid, path.c_str(), &options.files, &options.attributes, arguments, environment);
    if (failed != 0)
        return fail(Reason::photo_decoder_failed, path + " cannot be started: " + std::strerror(failed));
    UniqueFd process(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
    return WorkerProcess(pid, std::move(process), std::move(ours));
}

bool WorkerProcess::has_ended() const {
    pollfd asked{socket_.get(), 0, 0}; // POLLHUP comes unasked
    return poll(&asked, 1, 0) != 0;
}

Result<void> WorkerProcess::await_ready(Instant deadline) {
    if (ready_)
        return {};
    char sign = 0;
    if (auto read = receive(&sign, 1, deadline); !read)
        return fail(Reason::photo_decoder_failed, "kaomon-photo did not start: " + read.error().detail);
    if (sign != wire::ready_byte)
        return fail(Reason::photo_decoder_failed, "kaomon-photo is of another version");
    ready_ = true;
    return {};
}

Result<void> WorkerProcess::wait_for(short events, Instant deadline) {
    for (;;) {
        pollfd asked{socket_.get(), events, 0};
        const int found = poll(&asked, 1, milliseconds_until(deadline));
        if (found > 0)
            return {};
        if (found == 0 || errno != EINTR)
            return too_late();
    }
}

Result<void> WorkerProcess::send(const void* from, std::size_t bytes, Instant deadline) {
    const auto* at = static_cast<const char*>(from);
    while (bytes > 0) {
        const ssize_t sent = ::send(socket_.get(), at, bytes, MSG_NOSIGNAL);
        if (sent >= 0) {
            at += sent;
            bytes -= static_cast<std::size_t>(sent);
        } else if (errno == EAGAIN) {
            if (auto waited = wait_for(POLLOUT, deadline); !waited)
                return waited;
        } else if (errno != EINTR) {
            return std::unexpected(why_it_ended());
        }
    }
    return {};
}

Result<void> WorkerProcess::receive(void* into, std::size_t bytes, Instant deadline) {
    auto* at = static_cast<char*>(into);
    while (bytes > 0) {
        const ssize_t got = recv(socket_.get(), at, bytes, 0);
        if (got > 0) {
            at += got;
            bytes -= static_cast<std::size_t>(got);
        } else if (got < 0 && errno == EAGAIN) {
            if (auto waited = wait_for(POLLIN, deadline); !waited)
                return waited;
        } else if (got == 0 || errno != EINTR) {
            return std::unexpected(why_it_ended());
        }
    }
    return {};
}

// Its end of the socket is closed, so it is ending; one that only pretends is killed.
Failure WorkerProcess::why_it_ended() {
    constexpr int grace_ms = 100; // from closing descriptors to being a zombie takes the kernel far less
    pollfd asked{process_.get(), POLLIN, 0};
    poll(&asked, 1, grace_ms);
    int status = 0;
    if (pid_ < 0 || waitpid(pid_, &status, WNOHANG) != pid_)
        return {Reason::photo_decoder_failed, "kaomon-photo closed its socket"};
    pid_ = -1;
    if (WIFEXITED(status))
        return {Reason::photo_decoder_failed, "exited with code " + std::to_string(WEXITSTATUS(status))};
    const int signal = WTERMSIG(status);
    if (signal == SIGPROF || signal == SIGXCPU)
        return {Reason::photo_decoder_timeout, "kaomon-photo used up its CPU time"};
    if (signal == SIGSYS)
        return {Reason::photo_decoder_failed, "kaomon-photo was killed by its cage"};
    return {Reason::photo_decoder_failed, std::string("kaomon-photo was ended by ") + strsignal(signal)};
}

} // namespace kaomon::photo
