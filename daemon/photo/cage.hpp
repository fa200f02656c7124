// The cage around the JPEG 2000 decoder: after enter_cage() a process can compute, and talk over descriptor
// 0. No more.
#pragma once

#include <cstddef>

namespace kaomon::photo {

struct CageLimits {
    // Address space in bytes: the program with its libraries (some 15 MiB) and what the largest permitted
    // picture takes.
    std::size_t memory = 96U << 20;
    int cpu_ms = 200; // CPU time from now on; then SIGPROF ends the process
};

// Closes every descriptor but 0; no files, processes or core dumps; not traceable; no new privileges; and a
// seccomp filter under which any call but reading and writing descriptor 0, taking and giving back plain
// memory, and exiting kills the process with SIGSYS. False if any part of it could not be had: the caller
// must then exit. Cannot be undone.
bool enter_cage(const CageLimits& limits) noexcept;

} // namespace kaomon::photo
