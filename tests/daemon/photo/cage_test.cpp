// The cage as it is shipped: the probe is built without sanitizers, like kaomon-photo.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>

#include <csignal>
#include <string>

namespace {

int run_probe(std::string what) {
    std::string program = CAGE_PROBE;
    char* const arguments[] = {program.data(), what.data(), nullptr};
    char* const environment[] = {nullptr};
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDWR, 0);
    pid_t pid = -1;
    EXPECT_EQ(posix_spawn(&pid, program.c_str(), &files, nullptr, arguments, environment), 0);
    posix_spawn_file_actions_destroy(&files);
    int status = 0;
    EXPECT_EQ(waitpid(pid, &status, 0), pid);
    return status;
}

class Forbidden : public ::testing::TestWithParam<const char*> {};

TEST_P(Forbidden, KillsWithSigsys) {
    const int status = run_probe(GetParam());
    ASSERT_TRUE(WIFSIGNALED(status)) << "exit code " << WEXITSTATUS(status);
    EXPECT_EQ(WTERMSIG(status), SIGSYS);
    EXPECT_FALSE(WCOREDUMP(status));
}

INSTANTIATE_TEST_SUITE_P(Cage, Forbidden,
                         ::testing::Values("open", "socket", "fork", "clone", "execve", "kill", "ptrace",
                                           "prctl", "ioctl", "read_other", "write_other", "map_executable",
                                           "map_file", "make_executable"),
                         [](const auto& tested) { return tested.param; });

TEST(Cage, LetsADecoderCompute) {
    const int status = run_probe("compute");
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST(Cage, LimitsMemory) {
    const int status = run_probe("hoard");
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 12) << status;
}

TEST(Cage, LimitsCpuTime) {
    const int status = run_probe("spin");
    ASSERT_TRUE(WIFSIGNALED(status)) << status;
    EXPECT_EQ(WTERMSIG(status), SIGPROF);
}

} // namespace
