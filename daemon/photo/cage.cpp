#include "daemon/photo/cage.hpp"

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

namespace kaomon::photo {
namespace {

bool limit(__rlimit_resource resource, rlim_t value) noexcept {
    const rlimit both{value, value};
    return setrlimit(resource, &both) == 0;
}

// Whole seconds are all that RLIMIT_CPU knows, hence the timer; the limit stands behind it.
bool limit_cpu(long milliseconds) noexcept {
    const itimerval once{{0, 0}, {milliseconds / 1000, (milliseconds % 1000) * 1000}};
    return setitimer(ITIMER_PROF, &once, nullptr) == 0 &&
           limit(RLIMIT_CPU, static_cast<rlim_t>(milliseconds / 1000) + 1);
}

bool filter_calls() noexcept {
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (filter == nullptr)
        return false;
    const auto allow = [filter](int call, auto... conditions) {
        return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, sizeof...(conditions), conditions...) == 0;
    };
    // mremap only moves and resizes what mmap gave; mprotect is not there, so nothing ever becomes
    // executable.
    const bool made = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
                      allow(SCMP_SYS(read), SCMP_A0(SCMP_CMP_EQ, 0)) &&
                      allow(SCMP_SYS(write), SCMP_A0(SCMP_CMP_EQ, 0)) &&
                      allow(SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                            SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)) &&
                      allow(SCMP_SYS(munmap)) && allow(SCMP_SYS(mremap)) && allow(SCMP_SYS(brk)) &&
                      allow(SCMP_SYS(restart_syscall)) && allow(SCMP_SYS(exit)) &&
                      allow(SCMP_SYS(exit_group)) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return made;
}

} // namespace

bool enter_cage(const CageLimits& limits) noexcept {
    return close_range(1, ~0U, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
           prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
           limit(RLIMIT_NPROC, 0) && limit(RLIMIT_MEMLOCK, 0) && limit(RLIMIT_AS, limits.memory) &&
           limit_cpu(limits.cpu_ms) && limit(RLIMIT_NOFILE, 0) && filter_calls();
}

} // namespace kaomon::photo
