#include "tests/component/other_user.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <exception>
#include <stdexcept>
#include <utility>

namespace kaomon::test {

OtherUser::OtherUser(uid_t user, const std::function<void(int out)>& does) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    out_.reset(ends[0]);
    const UniqueFd to(ends[1]);
    pid_ = fork();
    if (pid_ < 0)
        throw std::runtime_error("no process");
    if (pid_ > 0)
        return;
    if (setuid(user) == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        try {
            does(to.get());
        } catch (const std::exception&) {
            _exit(1);
        }
    }
    _exit(0);
}

OtherUser::OtherUser(OtherUser&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), out_(std::move(other.out_)) {}

OtherUser::~OtherUser() {
    if (pid_ <= 0)
        return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
}

void OtherUser::pause() const {
    kill(pid_, SIGSTOP);
}

void OtherUser::resume() const {
    kill(pid_, SIGCONT);
}

std::string OtherUser::said() {
    std::string all;
    std::array<char, 4096> bytes{};
    while (true) {
        const auto got = read(out_.get(), bytes.data(), bytes.size());
        if (got <= 0)
            return all;
        all.append(bytes.data(), static_cast<std::size_t>(got));
    }
}

} // namespace kaomon::test
