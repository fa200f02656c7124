#include "daemon/wiring/file_modes.hpp"

#include "daemon/wiring/reader.hpp"
#include "daemon/wiring/state_folder.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kaomon::wiring {
namespace {

constexpr mode_t others_change = 022, others_touch = 077;

// The daemon's: ours, or, where root looks, that of its state folder.
uid_t daemon_user(const std::filesystem::path& state) {
    struct stat found{};
    return geteuid() == 0 && stat(state.c_str(), &found) == 0 ? found.st_uid : geteuid();
}

// What is wrong with it and how to mend it; empty: nothing, or it is not there.
std::string fault_of(const std::filesystem::path& path, mode_t forbidden, uid_t daemon) {
    struct stat found{};
    if (path.empty() || stat(path.c_str(), &found) != 0)
        return {};
    const mode_t mode = found.st_mode & 07777;
    if (found.st_uid != 0 && found.st_uid != daemon)
        return fmt::format("{0} belongs to user {1}, who can change it: chown root '{0}'", path.string(),
                           found.st_uid);
    if ((mode & forbidden) == 0)
        return {};
    return fmt::format("{0} has mode {1:04o}, other users can {2} it: chmod {3} '{0}'", path.string(), mode,
                       (mode & 022) != 0 ? "change" : "read", forbidden == others_change ? "go-w" : "go=");
}

} // namespace

Result<void> check_file_modes(const config::Config& config, const std::filesystem::path& file) {
    std::string faults;
    const uid_t daemon = daemon_user(state_folder(config));
    const auto look = [&](const std::filesystem::path& path, mode_t forbidden) {
        const std::string fault = fault_of(path, forbidden, daemon);
        if (!fault.empty())
            faults += (faults.empty() ? "" : "; ") + fault;
    };
    look(file, others_change);
    look(config.card.trust_store, others_change);
    std::error_code error; // a folder that is not there is the trust store's own question
    for (const auto& entry : std::filesystem::directory_iterator(config.card.trust_store, error))
        look(entry.path(), others_change);
    look(config.match.population, others_change);
    look(state_folder(config), others_change);
    look(config.audit.file, others_touch);
    look(ledger_of(config), others_touch);
    look(suspicions_of(config), others_touch);
    look(subject_secret_of(config), others_touch);
    if (!faults.empty())
        return fail(Reason::file_mode_unsafe, faults);
    return {};
}

} // namespace kaomon::wiring
