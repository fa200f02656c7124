// Enters the cage and then tries what its first argument names. Exits 0 if the cage let it happen.
#include "daemon/photo/cage.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string_view>

namespace {

constexpr int pages = 1 << 16;

void attempt(std::string_view what) {
    char byte = 'x';
    if (what == "open")
        open("/etc/passwd", O_RDONLY);
    if (what == "socket")
        socket(AF_INET, SOCK_STREAM, 0);
    if (what == "fork")
        syscall(SYS_fork);
    if (what == "clone")
        fork();
    if (what == "execve")
        execl("/bin/true", "/bin/true", nullptr);
    if (what == "kill")
        kill(getppid(), 0);
    if (what == "ptrace")
        syscall(SYS_ptrace, 0, 0, 0, 0);
    if (what == "prctl")
        syscall(SYS_prctl, 4 /* PR_SET_DUMPABLE */, 1, 0, 0, 0);
    if (what == "ioctl")
        syscall(SYS_ioctl, 0, 0x5412 /* TIOCSTI */, &byte);
    if (what == "read_other")
        (void)!read(1, &byte, 1);
    if (what == "write_other")
        (void)!write(2, &byte, 1);
    if (what == "map_executable")
        mmap(nullptr, pages, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (what == "map_file")
        mmap(nullptr, pages, PROT_READ, MAP_PRIVATE, 0, 0);
    if (what == "make_executable") {
        void* block = mmap(nullptr, pages, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        mprotect(block, pages, PROT_READ | PROT_EXEC);
    }
    if (what == "spin") {
        volatile unsigned turns = 0;
        for (;;)
            (void)turns;
    }
    // Permitted: what a decoder needs.
    if (what == "compute") {
        void* block = std::malloc(16U << 20);
        block = std::realloc(block, 24U << 20);
        if (block == nullptr)
            _exit(10);
        std::free(block);
        if (write(0, &byte, 1) != 1)
            _exit(11);
    }
    // Fails without dying: 200 MiB are more than the limit.
    if (what == "hoard" &&
        mmap(nullptr, 200U << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
        _exit(12);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2 || !kaomon::photo::enter_cage({.cpu_ms = 100}))
        _exit(99);
    attempt(argv[1]);
    _exit(0);
}
