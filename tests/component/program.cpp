#include "tests/component/program.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace kaomon::test {

std::filesystem::path programs() {
    return std::filesystem::path(KAOMON_BINARY_DIR) / "bin";
}

Program::Program(const std::vector<std::string>& command, std::filesystem::path log) : log_(std::move(log)) {
    std::vector<char*> words;
    for (const auto& word : command)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log_.c_str(), O_WRONLY | O_CREAT | O_APPEND,
                                     0600);
    posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    const int failed = posix_spawnp(&pid_, words[0], &files, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0)
        throw std::runtime_error("cannot start " + command[0]);
}

Program::~Program() {
    if (!running())
        return;
    signal(SIGTERM);
    for (int i = 0; i < 500 && running(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    if (!running())
        return;
    signal(SIGKILL);
    wait();
}

void Program::signal(int number) const {
    if (pid_ > 0)
        ::kill(pid_, number);
}

bool Program::running() {
    if (pid_ <= 0)
        return false;
    if (waitpid(pid_, &status_, WNOHANG) == 0)
        return true;
    pid_ = -1;
    return false;
}

int Program::wait() {
    if (pid_ > 0)
        waitpid(pid_, &status_, 0);
    pid_ = -1;
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
}

std::string Program::log() const {
    std::ifstream file(log_);
    return {std::istreambuf_iterator<char>(file), {}};
}

int run(const std::vector<std::string>& command, std::string* said) {
    char name[] = "/tmp/kaomon-run-XXXXXX";
    const int file = mkstemp(name);
    if (file < 0)
        throw std::runtime_error("no temporary file");
    ::close(file);
    Program program(command, name);
    const int code = program.wait();
    if (said != nullptr)
        *said = program.log();
    std::filesystem::remove(name);
    return code;
}

} // namespace kaomon::test
