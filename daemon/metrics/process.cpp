#include "daemon/metrics/process.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace kaomon::metrics {
namespace {

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

} // namespace

void write_process(Page& page) {
    rusage used{};
    if (getrusage(RUSAGE_SELF, &used) == 0)
        page.counter("process_cpu_seconds_total", "User and system CPU time.",
                     seconds(used.ru_utime) + seconds(used.ru_stime));
    std::uint64_t size = 0, resident = 0; // pages
    if (std::ifstream statm("/proc/self/statm"); statm >> size >> resident)
        page.gauge("process_resident_memory_bytes", "Resident memory.",
                   static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)));
    std::error_code error;
    if (const std::filesystem::directory_iterator open("/proc/self/fd", error); !error)
        page.gauge("process_open_fds", "Open file descriptors.",
                   static_cast<double>(std::distance(begin(open), end(open))));
}

} // namespace kaomon::metrics
