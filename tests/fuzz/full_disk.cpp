#include "tests/fuzz/full_disk.hpp"

#include <sys/types.h>

#include <cerrno>
#include <cstddef>

namespace kaomon::fuzz {
namespace {

Room room = Room::enough;

int refused() {
    errno = ENOSPC;
    return -1;
}

} // namespace

void set_room(Room now) {
    room = now;
}

// The linker puts these in the place of the system's.
#define WRAP(Result, name, parameters, arguments, least)                                                     \
    extern "C" Result __real_##name parameters;                                                              \
    extern "C" Result __wrap_##name parameters;                                                              \
    Result __wrap_##name parameters {                                                                        \
        return room < (least) ? __real_##name arguments : refused();                                         \
    }
WRAP(int, fallocate, (int d, int m, off_t at, off_t n), (d, m, at, n), Room::kept_only)
WRAP(ssize_t, write, (int d, const void* b, std::size_t n), (d, b, n), Room::none)

} // namespace kaomon::fuzz
