#include "daemon/health/self_check.hpp"

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace kaomon::health {
namespace {

constexpr std::uint64_t least_space = 1U << 20U; // bytes: some hundred records
constexpr std::int64_t day = 24 * 60 * 60;       // seconds

bool takes_a_record(const std::filesystem::path& file) {
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    const bool there = ::access(file.c_str(), F_OK) == 0;
    if (there ? ::access(file.c_str(), W_OK) != 0 : ::access(folder.c_str(), W_OK | X_OK) != 0)
        return false;
    struct statvfs space{};
    return ::statvfs(folder.c_str(), &space) == 0 && (space.f_flag & ST_RDONLY) == 0 &&
           std::uint64_t{space.f_bavail} * space.f_frsize >= least_space;
}

std::int64_t written(const std::filesystem::path& file) {
    struct stat facts{};
    return ::stat(file.c_str(), &facts) == 0 ? std::int64_t{facts.st_mtime} : 0;
}

} // namespace

std::vector<Reason> look(const Checks& checks) {
    std::vector<Reason> found;
    const auto add = [&](Reason reason) {
        if (std::ranges::find(found, reason) == found.end())
            found.push_back(reason);
    };
    if (checks.camera) {
        if (const auto missing = checks.camera())
            add(*missing);
    }
    const std::int64_t now = checks.now();
    for (const auto& [file, reason] : checks.records) {
        if (!takes_a_record(file))
            add(reason);
        if (written(file) > now + day)
            add(Reason::clock_invalid);
    }
    if (now < checks.earliest_now)
        add(Reason::clock_invalid);
    if (!checks.trusts_signers)
        add(Reason::signer_unknown); // of every card
    return found;
}

SelfCheck::SelfCheck(Checks checks, std::chrono::milliseconds every,
                     std::function<void(std::vector<Reason>)> tell)
    : thread_([checks = std::move(checks), every, tell = std::move(tell)](const std::stop_token& stop) {
          std::mutex mutex;
          std::condition_variable_any ended;
          while (!stop.stop_requested()) {
              tell(look(checks));
              std::unique_lock lock(mutex);
              ended.wait_for(lock, stop, every, [] { return false; });
          }
      }) {}

} // namespace kaomon::health
