// A file that only grows.
#pragma once

#include "drivers/base/durable_file.hpp"
#include "drivers/base/unique_fd.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace kaomon {

// What append() has written stays, what it could not write whole leaves no trace. One writer: the file is
// locked (flock) for as long as this lives. Thread-bound.
class AppendFile {
  public:
    struct Reasons {
        Reason unwritable;
        Reason changed; // cut, grown, moved or replaced by somebody else while in use
    };

    // Opens or makes (0600) a regular file, no symbolic link, in a folder that is there. File and folder are
    // synced, and then what is read from it is what the disk holds. Reason: unwritable (also: another process
    // writes it).
    static Result<AppendFile> open(const std::filesystem::path& file, Reasons reasons,
                                   Synced synced = Synced::yes);

    int descriptor() const noexcept { return descriptor_.get(); } // to read it, at its start after open()
    std::uint64_t size() const noexcept { return size_; }         // bytes

    // Written and synced before it returns. After a failed write the file is as it was and the next append
    // tries anew. After a failed sync, a failed cut, or when somebody else had the file, nothing is known
    // about its end: everything is refused until it is opened again. Reasons: unwritable, changed.
    Result<void> append(std::string_view text);
    // Keeps the first `bytes`; synced with the next append. Reasons: as append().
    Result<void> cut_to(std::uint64_t bytes);
    // That many bytes more can be appended without the disk being full: kept behind the end, which does not
    // move. Where the file system cannot do that it only has them free now. Reasons: as append().
    Result<void> reserve(std::uint64_t bytes);
    // Everything is refused until it is opened again.
    bool given_up() const noexcept { return given_up_.has_value(); }

  private:
    AppendFile(std::filesystem::path file, UniqueFd descriptor, Reasons reasons, Synced synced)
        : file_(std::move(file)), descriptor_(std::move(descriptor)), reasons_(reasons), synced_(synced) {}
    std::unexpected<Failure> unwritable(std::string_view why) const;
    std::unexpected<Failure> give_up(const Failure& failure);
    Result<void> unchanged() const;

    std::filesystem::path file_;
    UniqueFd descriptor_;
    Reasons reasons_;
    Synced synced_;
    std::uint64_t size_ = 0;            // what the file must hold
    std::optional<Failure> given_up_{}; // why nothing is known about the file's end
};

} // namespace kaomon
