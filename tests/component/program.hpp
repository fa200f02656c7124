// A program of the build, run by a test: its words in a file, ended with the object.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace kaomon::test {

// Folder of the programs of this build.
std::filesystem::path programs();

class Program {
  public:
    // Standard output and error go to `log`. Throws std::runtime_error when it cannot be started.
    Program(const std::vector<std::string>& command, std::filesystem::path log);
    ~Program(); // SIGTERM, after five seconds SIGKILL
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void signal(int number) const;
    bool running();
    // Waits for the end; 128 + signal where one ended it.
    int wait();
    std::string log() const;
    pid_t pid() const noexcept { return pid_; }

  private:
    std::filesystem::path log_;
    pid_t pid_ = -1;
    int status_ = 0;
};

// Runs to the end; what it said on both streams goes to `said`.
int run(const std::vector<std::string>& command, std::string* said = nullptr);

} // namespace kaomon::test
