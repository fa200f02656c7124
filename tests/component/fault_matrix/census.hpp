// What a running process holds: a leak is one of these growing.
#pragma once

#include <sys/types.h>

#include <vector>

namespace kaomon::test {

struct Census {
    int descriptors = -1; // open ones; -1: only root may look into a process that is not dumpable
    int children = 0;
    long resident = 0; // KiB
};

Census census_of(pid_t process);
// Children that have not been waited for.
std::vector<pid_t> children_of(pid_t process);

} // namespace kaomon::test
