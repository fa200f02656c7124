#include "drivers/base/append_file.hpp"

#include "drivers/base/system_call.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cstring>

namespace kaomon {

std::unexpected<Failure> AppendFile::unwritable(std::string_view why) const {
    return fail(reasons_.unwritable, file_.string() + ": " + std::string(why));
}

std::unexpected<Failure> AppendFile::give_up(const Failure& failure) {
    given_up_ = failure;
    return std::unexpected(failure);
}

Result<AppendFile> AppendFile::open(const std::filesystem::path& file, Reasons reasons, Synced synced) {
    AppendFile made(file, UniqueFd(retried([&] {
                        return ::open(file.c_str(),
                                      O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
                                      0600);
                    })),
                    reasons, synced);
    const int descriptor = made.descriptor();
    if (!made.descriptor_)
        return made.unwritable(errno == ELOOP ? "is a symbolic link" : std::strerror(errno));
    struct stat found{};
    if (fstat(descriptor, &found) != 0 || !S_ISREG(found.st_mode))
        return made.unwritable("not a regular file");
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return made.unwritable(errno == EWOULDBLOCK ? "another process is writing it" : std::strerror(errno));
    if (synced == Synced::yes) {
        if (retried([&] { return fsync(descriptor); }) != 0 || !sync_folder_of(file))
            return made.unwritable(std::strerror(errno));
        // Pages of an earlier sync that failed count as clean and may not be on the disk: read from there.
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
    }
    if (fstat(descriptor, &found) != 0)
        return made.unwritable(std::strerror(errno));
    made.size_ = static_cast<std::uint64_t>(found.st_size);
    // it may have been replaced between being opened and being locked
    if (auto same = made.unchanged(); !same)
        return std::unexpected(std::move(same.error()));
    return made;
}

Result<void> AppendFile::append(std::string_view text) {
    if (given_up_)
        return std::unexpected(*given_up_);
    if (auto ours = unchanged(); !ours)
        return give_up(ours.error());
    if (!write_all(descriptor(), text.data(), text.size())) {
        auto full = unwritable(std::strerror(errno));
        (void)cut_to(size_);
        return full;
    }
    // after a failed sync the kernel may have dropped the pages: a second one would lie
    if (synced_ == Synced::yes && retried([&] { return fdatasync(descriptor()); }) != 0)
        return give_up(unwritable(std::strerror(errno)).error());
    size_ += text.size();
    return {};
}

Result<void> AppendFile::cut_to(std::uint64_t bytes) {
    if (given_up_)
        return std::unexpected(*given_up_);
    if (retried([&] { return ftruncate(descriptor(), static_cast<off_t>(bytes)); }) != 0)
        return give_up(unwritable(std::strerror(errno)).error());
    size_ = bytes;
    return {};
}

Result<void> AppendFile::reserve(std::uint64_t bytes) {
    if (given_up_)
        return std::unexpected(*given_up_);
    if (auto ours = unchanged(); !ours)
        return give_up(ours.error());
    if (retried([&] {
            return fallocate(descriptor(), FALLOC_FL_KEEP_SIZE, static_cast<off_t>(size_),
                             static_cast<off_t>(bytes));
        }) == 0)
        return {};
    if (errno != EOPNOTSUPP && errno != ENOSYS)
        return unwritable(std::strerror(errno));
    struct statvfs space{};
    if (fstatvfs(descriptor(), &space) != 0)
        return unwritable(std::strerror(errno));
    if ((space.f_flag & ST_RDONLY) != 0 || std::uint64_t{space.f_bavail} * space.f_frsize < bytes)
        return unwritable(std::strerror((space.f_flag & ST_RDONLY) != 0 ? EROFS : ENOSPC));
    return {};
}

// The lock keeps other writers like this one away; this notices an editor, a truncation, a rotation.
Result<void> AppendFile::unchanged() const {
    struct stat open_file{}, named_file{};
    if (fstat(descriptor(), &open_file) != 0 || lstat(file_.c_str(), &named_file) != 0 ||
        open_file.st_ino != named_file.st_ino || open_file.st_dev != named_file.st_dev)
        return fail(reasons_.changed, file_.string() + ": moved or replaced while in use");
    if (static_cast<std::uint64_t>(open_file.st_size) != size_)
        return fail(reasons_.changed, file_.string() + ": changed by somebody else while in use");
    return {};
}

} // namespace kaomon
