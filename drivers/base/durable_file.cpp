#include "drivers/base/durable_file.hpp"

#include "drivers/base/system_call.hpp"
#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstring>

namespace kaomon {
namespace {

// A new file beside, whose name no other process and no other thread takes. Empty with errno.
UniqueFd open_beside(const std::filesystem::path& file, mode_t mode, std::string& name) {
    static std::atomic<unsigned> next = 0;
    UniqueFd made;
    do { // what is there already was left by a process that was killed while it wrote
        name = file.string() + ".new-" + std::to_string(getpid()) + "-" + std::to_string(next++);
        made.reset(
            retried([&] { return ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode); }));
    } while (!made && errno == EEXIST);
    return made;
}

bool like(int descriptor, const std::filesystem::path& file) {
    struct stat old{};
    if (stat(file.c_str(), &old) != 0)
        return errno == ENOENT;
    return fchown(descriptor, old.st_uid, old.st_gid) == 0 && fchmod(descriptor, old.st_mode & 07777U) == 0;
}

bool written(int descriptor, std::string_view content, Synced synced) {
    return write_all(descriptor, content.data(), content.size()) &&
           (synced == Synced::no || retried([&] { return fsync(descriptor); }) == 0);
}

// False: there is one, and `flags` forbid to replace it.
Result<bool> place(const std::filesystem::path& file, std::string_view content, Reason reason,
                   Placing placing, unsigned flags) {
    const auto refuse = [&](int why) { return fail(reason, file.string() + ": " + std::strerror(why)); };
    std::string beside;
    const UniqueFd made = open_beside(file, placing.mode, beside);
    if (!made)
        return refuse(errno);
    if ((placing.as_before && !like(made.get(), file)) || !written(made.get(), content, placing.synced) ||
        renameat2(AT_FDCWD, beside.c_str(), AT_FDCWD, file.c_str(), flags) != 0) {
        const int why = errno;
        unlink(beside.c_str());
        if (why == EEXIST)
            return false;
        return refuse(why);
    }
    if (placing.synced == Synced::yes && !sync_folder_of(file)) {
        const int why = errno;
        if ((flags & RENAME_NOREPLACE) != 0)
            unlink(file.c_str());
        return refuse(why);
    }
    return true;
}

} // namespace

Result<void> replace_file(const std::filesystem::path& file, std::string_view content, Reason reason,
                          Placing placing) {
    if (auto placed = place(file, content, reason, placing, 0); !placed)
        return std::unexpected(std::move(placed.error()));
    return {};
}

Result<bool> create_file(const std::filesystem::path& file, std::string_view content, Reason reason,
                         Placing placing) {
    return place(file, content, reason, placing, RENAME_NOREPLACE);
}

Result<void> move_file(const std::filesystem::path& from, const std::filesystem::path& to, Reason reason) {
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0 || !sync_folder_of(to))
        return fail(reason, to.string() + ": " + std::strerror(errno));
    return {};
}

bool sync_folder_of(const std::filesystem::path& file) {
    const auto parent = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    const UniqueFd folder(
        retried([&] { return ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
    // EINVAL: a file system that keeps no names to be synced
    return folder && (retried([&] { return fsync(folder.get()); }) == 0 || errno == EINVAL);
}

} // namespace kaomon
