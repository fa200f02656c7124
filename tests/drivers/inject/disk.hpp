// A disk that fails on purpose and, at a power cut, forgets what was not synced.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::test::inject {

// How one call goes: with `error` it fails with that and does nothing; a write takes `taken` bytes at most.
struct Fault {
    int error = 0;
    std::size_t taken = std::string::npos;
};

// One folder on it, but for the folders in it. The files are real and are what is read; beside each the
// content on the disk is kept, and the writes that are still on their way to it. While one lives, the system
// calls of wrap_files.cpp on these files come by here; while a Failing lives too, these fail as it says. One
// at a time, on one thread.
class Disk {
  public:
    explicit Disk(std::uint64_t seed = 1);
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;
    ~Disk();

    const std::filesystem::path& folder() const noexcept { return folder_; }
    std::filesystem::path at(std::string_view name) const { return folder_ / name; }
    std::string text(std::string_view name) const;                    // as it is read
    std::vector<std::string> names() const;                           // in order
    void put(std::string_view name, std::string_view text);           // and on the disk
    bool on_disk(std::string_view name, std::string_view line) const; // after whatever power cut comes now

    // The next calls of that name (write, fsync, …) go so, one each.
    void script(const std::string& call, std::vector<Fault> faults);
    // After that many more calls, whatever they are, the power ends in one: nothing succeeds any more.
    void end_power_after(unsigned calls) { calls_of_power_ = calls + 1; }
    void keep_power() { calls_of_power_.reset(); } // if it has not ended yet
    bool has_power() const noexcept { return calls_of_power_ != 0U; }
    // The power is back: of what was not synced some is there, some lost, some torn. Nobody may have a file
    // open.
    void start_again();

    std::optional<std::size_t> room; // bytes that it takes before it is full
    bool drops_pages = true;         // does POSIX_FADV_DONTNEED do it? It need not
    std::optional<unsigned> kind;    // of fault that a Failing causes, 0..3; drawn otherwise

    static Disk* running() noexcept;
    // What the wrapped calls do. `real` is the system's.
    int open(const char* path, int flags, unsigned mode);
    ssize_t write(int descriptor, const void* from, std::size_t bytes);
    int sync(const char* call, int descriptor, int (*real)(int));
    int truncate(int descriptor, off_t bytes);
    int allocate(int descriptor, int mode, off_t at, off_t bytes);
    int rename(const char* call, const char* path, const std::function<int()>& real);
    int unlink(const char* path);
    int advise(int descriptor, int advice);

  private:
    struct Change {                         // of a file, in memory only yet
        std::uint64_t at;                   // bytes
        std::optional<std::string> written; // nothing: cut to `at`
    };
    struct File {
        std::string disk;
        std::vector<Change> pending;
    };
    using Names = std::map<std::string, std::size_t>; // of a file in files_

    std::uint64_t drawn(std::uint64_t below) { return random_() % below; }
    bool holds(const char* path) const;
    File* file_of(int descriptor);
    bool is_folder(int descriptor) const;
    // The fault of the next call of that name; nothing where it goes as usual.
    Fault fault_of(const char* call, std::size_t bytes = 0);
    bool power_ends();
    void take_names();
    void settle(File& file);
    static void apply(File& file, const Change& change);

    std::filesystem::path folder_;
    std::mt19937_64 random_;
    std::map<std::string, std::deque<Fault>> script_;
    std::optional<unsigned> calls_of_power_;
    std::deque<File> files_;
    std::map<ino_t, std::size_t> by_inode_;
    std::vector<Names> folder_states_; // the one on the disk, and those since
};

} // namespace kaomon::test::inject
