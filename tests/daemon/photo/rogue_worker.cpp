// Stands in for kaomon-photo and misbehaves as its own file name says; the file "spent" beside it makes every
// later start run the real worker, which lies beside it too.
#include "daemon/photo/wire.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

using namespace kaomon::photo;

namespace {

void put(const void* from, std::size_t bytes) {
    (void)!write(0, from, bytes);
}

void misbehave(const std::string& how) {
    if (how == "exits_at_once")
        _exit(7);
    if (how == "never_ready")
        pause();
    if (how == "wrong_greeting")
        put("X", 1);
    put(&wire::ready_byte, 1);
    wire::Request request{};
    if (read(0, &request, sizeof request) <= 0)
        _exit(0);
    std::vector<char> jp2(request.bytes);
    for (std::size_t at = 0; at < jp2.size();) {
        const auto got = read(0, jp2.data() + at, jp2.size() - at);
        if (got <= 0)
            _exit(0);
        at += static_cast<std::size_t>(got);
    }
    const wire::Answer honest{wire::Status::decoded, {240, 300, 1}};
    if (how == "hangs")
        pause();
    if (how == "spins")
        raise(SIGPROF);
    if (how == "breaks_the_cage")
        raise(SIGSYS);
    if (how == "crashes")
        raise(SIGSEGV);
    if (how == "says_nothing")
        _exit(0);
    if (how == "closes_and_lingers") {
        close(0);
        pause();
    }
    if (how == "half_an_answer")
        put(&honest, 3);
    if (how == "half_a_picture") {
        put(&honest, sizeof honest);
        put(jp2.data(), jp2.size());
    }
    if (how == "another_picture") {
        const wire::Answer lie{wire::Status::decoded, {1 << 20, 1 << 20, 3}};
        put(&lie, sizeof lie);
        pause();
    }
    if (how == "unknown_status") {
        const wire::Answer lie{static_cast<wire::Status>(9), {240, 300, 1}};
        put(&lie, sizeof lie);
    }
    _exit(0);
}

} // namespace

int main(int, char** argv) {
    const rlimit no_cores{0, 0};
    setrlimit(RLIMIT_CORE, &no_cores);
    const std::filesystem::path self = argv[0];
    const std::string how = self.filename(), spent = self.parent_path() / "spent",
                      real = self.parent_path() / "real";
    if (access(spent.c_str(), F_OK) == 0)
        execv(real.c_str(), argv);
    misbehave(how);
}
