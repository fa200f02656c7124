// What sanitizers hide: under AddressSanitizer and ThreadSanitizer mlock does nothing, and the former answers
// before a guard page does. This program is built without them.
#include "drivers/base/arena.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <string>

namespace kaomon {
namespace {

constexpr std::size_t size = std::size_t{1} << 20;

// The signal that ends a child which reads there; 0: none.
int signal_at(const volatile unsigned char* place) {
    const pid_t child = fork();
    if (child == 0)
        _exit(*place);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

bool locked_in_memory(const void* address) {
    const auto wanted = reinterpret_cast<std::uintptr_t>(address);
    std::ifstream maps("/proc/self/smaps");
    bool inside = false;
    for (std::string line; std::getline(maps, line);) {
        std::uintptr_t first = 0, end = 0;
        char rest = 0;
        if (std::sscanf(line.c_str(), "%lx-%lx %c", &first, &end, &rest) == 3)
            inside = first <= wanted && wanted < end;
        if (inside && line.starts_with("VmFlags:"))
            return (line + ' ').find(" lo ") != std::string::npos;
    }
    return false;
}

struct UnsanitizedArena : ::testing::Test {
    std::unique_ptr<Arena> arena = Arena::map(size).value();
};

TEST_F(UnsanitizedArena, IsGuardedAtBothEnds) {
    auto* const whole = static_cast<unsigned char*>(arena->take(size));
    ASSERT_NE(whole, nullptr);
    EXPECT_EQ(signal_at(whole), 0);
    EXPECT_EQ(signal_at(whole + size), SIGSEGV);
    EXPECT_EQ(signal_at(whole - 1), SIGSEGV);
}

TEST_F(UnsanitizedArena, SaysWhetherItIsLocked) {
    EXPECT_EQ(arena->figures().locked, locked_in_memory(arena->take(64)));
}

} // namespace
} // namespace kaomon
