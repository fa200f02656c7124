#include "tests/drivers/inject/disk.hpp"

#include "tests/drivers/inject/inject.hpp"
#include "tests/drivers/inject/real_calls.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace kaomon::test::inject {
namespace {

namespace fs = std::filesystem;

Disk* the_disk = nullptr;

std::string read_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& file, std::string_view text) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

ino_t inode_of(const fs::path& file) {
    struct stat found{};
    return lstat(file.c_str(), &found) == 0 ? found.st_ino : 0;
}

int failed(int error) {
    errno = error;
    return -1;
}

} // namespace

Disk::Disk(std::uint64_t seed) : random_(seed) {
    char name[] = "/tmp/kaomon-disk-XXXXXX";
    folder_ = mkdtemp(name);
    folder_states_.emplace_back();
    the_disk = this;
}

Disk::~Disk() {
    the_disk = nullptr;
    fs::remove_all(folder_);
}

Disk* Disk::running() noexcept {
    return the_disk;
}

std::string Disk::text(std::string_view name) const {
    return read_file(at(name));
}

std::vector<std::string> Disk::names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder_)) {
        if (!entry.is_directory())
            found.push_back(entry.path().filename());
    }
    std::ranges::sort(found);
    return found;
}

void Disk::put(std::string_view name, std::string_view text) {
    write_file(at(name), text);
    fs::permissions(at(name), fs::perms::owner_read | fs::perms::owner_write);
    by_inode_[inode_of(at(name))] = files_.size();
    files_.push_back({std::string(text), {}});
    take_names();
    folder_states_ = {folder_states_.back()};
}

bool Disk::on_disk(std::string_view name, std::string_view line) const {
    return std::ranges::all_of(folder_states_, [&](const Names& names) {
        const auto found = names.find(std::string(name));
        if (found == names.end())
            return false;
        const File& file = files_[found->second];
        return file.pending.empty() && file.disk.find(line) != std::string::npos;
    });
}

void Disk::script(const std::string& call, std::vector<Fault> faults) {
    script_[call] = {faults.begin(), faults.end()};
}

void Disk::start_again() {
    const Names names = folder_states_[drawn(folder_states_.size())];
    for (const auto& name : this->names())
        fs::remove(at(name));
    std::map<std::string, std::string> left;
    for (const auto& [name, number] : names) {
        settle(files_[number]);
        left[name] = files_[number].disk;
    }
    calls_of_power_.reset();
    script_.clear();
    files_.clear();
    by_inode_.clear();
    folder_states_ = {{}};
    for (const auto& [name, text] : left)
        put(name, text);
}

bool Disk::holds(const char* path) const {
    return fs::path(path).parent_path() == folder_;
}

Disk::File* Disk::file_of(int descriptor) {
    struct stat found{};
    if (fstat(descriptor, &found) != 0 || !S_ISREG(found.st_mode))
        return nullptr;
    const auto known = by_inode_.find(found.st_ino);
    return known == by_inode_.end() ? nullptr : &files_[known->second];
}

bool Disk::is_folder(int descriptor) const {
    struct stat found{};
    return fstat(descriptor, &found) == 0 && S_ISDIR(found.st_mode) && found.st_ino == inode_of(folder_);
}

Fault Disk::fault_of(const char* call, std::size_t bytes) {
    if (auto& next = script_[call]; !next.empty()) {
        const Fault fault = next.front();
        next.pop_front();
        return fault;
    }
    if (!fails(call))
        return {};
    const std::string_view name = call;
    const unsigned how = kind.value_or(static_cast<unsigned>(inject::drawn() % 4));
    if (name == "rename" || name == "renameat2" || name == "unlink")
        return {.error = how == 0 ? EIO : ENOSPC};
    if (how == 0)
        return {.error = EIO};
    if (how == 1 && name == "write")
        room = std::min(room.value_or(bytes), bytes > 0 ? inject::drawn() % bytes : 0);
    if (how == 1)
        return name == "write" ? Fault{} : Fault{.error = ENOSPC};
    if (how == 2 || name != "write")
        return {.error = EINTR};
    return {.taken = std::max<std::size_t>(bytes / 2, 1)};
}

// Counts a call; true when it is the one in which the power ends, or a later one.
bool Disk::power_ends() {
    if (!calls_of_power_)
        return false;
    if (*calls_of_power_ > 0)
        --*calls_of_power_;
    return *calls_of_power_ == 0;
}

void Disk::take_names() {
    Names names;
    for (const auto& name : this->names()) {
        if (const auto known = by_inode_.find(inode_of(at(name))); known != by_inode_.end())
            names[name] = known->second;
    }
    folder_states_.push_back(std::move(names));
}

void Disk::apply(File& file, const Change& change) {
    if (!change.written) {
        file.disk.resize(change.at);
        return;
    }
    file.disk.resize(std::max(file.disk.size(), change.at + change.written->size()));
    file.disk.replace(change.at, change.written->size(), *change.written);
}

// Everything, nothing, or of each change the whole, nothing, or a part, behind which there may be zeros.
void Disk::settle(File& file) {
    const auto all = drawn(4);
    for (Change& change : file.pending) {
        const auto how = all < 2 ? all : drawn(4);
        if (how == 0)
            continue;
        if (how > 1 && change.written) {
            const auto whole = change.written->size();
            change.written->resize(drawn(whole + 1));
            if (how == 3)
                change.written->resize(whole); // with zeros
        }
        apply(file, change);
    }
    file.pending.clear();
}

int Disk::open(const char* path, int flags, unsigned mode) {
    const bool folder = path == folder_;
    if (!folder && !holds(path))
        return __real_open(path, flags, mode);
    const bool was_there = inode_of(path) != 0;
    const bool ended = !has_power(), ends = power_ends();
    if (ended || (ends && drawn(2) == 0))
        return failed(EIO);
    if (const Fault fault = fault_of("open"); fault.error != 0)
        return failed(fault.error);
    const int opened = __real_open(path, flags, mode);
    if (opened >= 0 && !was_there) {
        by_inode_[inode_of(path)] = files_.size();
        files_.emplace_back();
        take_names();
    }
    if (ends && opened >= 0) {
        ::close(opened);
        return failed(EIO);
    }
    return opened;
}

ssize_t Disk::write(int descriptor, const void* from, std::size_t bytes) {
    File* const file = file_of(descriptor);
    if (file == nullptr)
        return __real_write(descriptor, from, bytes);
    const bool ended = !has_power(), ends = power_ends();
    if (ended || (ends && drawn(2) == 0))
        return failed(EIO);
    const Fault fault = fault_of("write", bytes);
    if (fault.error != 0)
        return failed(fault.error);
    if (room == 0U)
        return failed(ENOSPC);
    struct stat before{};
    fstat(descriptor, &before);
    const ssize_t put = __real_write(descriptor, from, std::min({bytes, fault.taken, room.value_or(bytes)}));
    if (put <= 0)
        return put;
    const auto taken = static_cast<std::size_t>(put);
    file->pending.push_back({static_cast<std::uint64_t>(before.st_size), // all are written at their end
                             std::string(static_cast<const char*>(from), taken)});
    if (room)
        *room -= taken;
    return ends ? failed(EIO) : put;
}

int Disk::sync(const char* call, int descriptor, int (*real)(int)) {
    File* const file = file_of(descriptor);
    if (file == nullptr && !is_folder(descriptor))
        return real(descriptor);
    if (!has_power() || power_ends())
        return failed(EIO);
    if (const Fault fault = fault_of(call); fault.error != 0) {
        // the pages count as clean from here on, whatever of them has come to the disk
        if (file != nullptr && fault.error != EINTR)
            settle(*file);
        return failed(fault.error);
    }
    if (file == nullptr) {
        folder_states_ = {folder_states_.back()};
        return 0;
    }
    for (const Change& change : file->pending)
        apply(*file, change);
    file->pending.clear();
    return 0;
}

int Disk::truncate(int descriptor, off_t bytes) {
    File* const file = file_of(descriptor);
    if (file == nullptr)
        return __real_ftruncate(descriptor, bytes);
    const bool ended = !has_power(), ends = power_ends();
    if (ended || (ends && drawn(2) == 0))
        return failed(EIO);
    if (const Fault fault = fault_of("ftruncate"); fault.error != 0)
        return failed(fault.error);
    struct stat before{};
    fstat(descriptor, &before);
    const int done = __real_ftruncate(descriptor, bytes);
    file->pending.push_back({static_cast<std::uint64_t>(bytes), std::nullopt});
    if (room && before.st_size > bytes)
        *room += static_cast<std::size_t>(before.st_size - bytes);
    return ends ? failed(EIO) : done;
}

// Keeps nothing: whether there is room is all that is asked.
int Disk::allocate(int descriptor, int mode, off_t at, off_t bytes) {
    if (file_of(descriptor) == nullptr)
        return __real_fallocate(descriptor, mode, at, bytes);
    if (!has_power())
        return failed(EIO);
    return room && *room < static_cast<std::size_t>(bytes) ? failed(ENOSPC) : 0;
}

int Disk::rename(const char* call, const char* path, const std::function<int()>& real) {
    if (!holds(path))
        return real();
    const bool ended = !has_power(), ends = power_ends();
    if (ended || (ends && drawn(2) == 0))
        return failed(EIO);
    if (const Fault fault = fault_of(call); fault.error != 0)
        return failed(fault.error);
    const int done = real();
    if (done == 0)
        take_names();
    return ends ? failed(EIO) : done;
}

int Disk::unlink(const char* path) {
    return rename("unlink", path, [path] { return __real_unlink(path); });
}

int Disk::advise(int descriptor, int advice) {
    File* const file = file_of(descriptor);
    if (file == nullptr)
        return __real_posix_fadvise(descriptor, 0, 0, advice);
    if (advice == POSIX_FADV_DONTNEED && drops_pages && file->pending.empty() && has_power())
        write_file("/proc/self/fd/" + std::to_string(descriptor), file->disk);
    return 0;
}

} // namespace kaomon::test::inject
