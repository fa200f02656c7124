#include "daemon/audit/examination.hpp"
#include "daemon/audit/segments.hpp"
#include "drivers/base/system_call.hpp"
#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstring>

namespace kaomon::audit {
namespace {

constexpr std::size_t block_bytes = 256 * 1024;

std::unexpected<Failure> unreadable(const std::filesystem::path& file) {
    return fail(Reason::audit_unwritable, file.string() + ": cannot be read: " + std::strerror(errno));
}

// False when `take` has enough.
Result<bool> lines_of(const std::filesystem::path& file,
                      const std::function<bool(std::string_view line, bool half)>& take) {
    const UniqueFd opened(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!opened)
        return unreadable(file);
    std::string block(block_bytes, '\0'), rest;
    for (;;) {
        const ssize_t got = retried([&] { return read(opened.get(), block.data(), block.size()); });
        if (got < 0)
            return unreadable(file);
        if (got == 0)
            break;
        std::string_view text(block.data(), static_cast<std::size_t>(got));
        for (auto end = text.find('\n'); end != text.npos; end = text.find('\n')) {
            rest.append(text.substr(0, end)); // what is too long stays so, and is no line
            if (!take(rest, false))
                return false;
            rest.clear();
            text.remove_prefix(end + 1);
        }
        if (rest.size() <= max_line)
            rest.append(text);
    }
    return rest.empty() || take(rest, true);
}

} // namespace

Result<void> each_line(const std::filesystem::path& record,
                       const std::function<void(const std::filesystem::path& file)>& begin_file,
                       const std::function<bool(std::string_view line, bool half)>& take) {
    const auto full = full_segments(record);
    if (!full)
        return std::unexpected(full.error());
    std::vector<std::filesystem::path> files;
    for (const auto& segment : *full)
        files.push_back(segment.file);
    std::error_code error;
    if (files.empty() || std::filesystem::exists(record, error))
        files.push_back(record);
    for (const auto& file : files) {
        begin_file(file);
        const auto more = lines_of(file, take);
        if (!more)
            return std::unexpected(more.error());
        if (!*more)
            break;
    }
    return {};
}

Result<Report> examine(const std::filesystem::path& record, const Seal& seal, const Expected& expected) {
    // first: while the daemon runs, records go on behind a head and never a head behind records
    const auto head = seal.check ? read_head(record, seal) : Result<std::optional<Head>>(std::nullopt);
    Examination examination(seal, expected);
    std::error_code error;
    const auto full = full_segments(record);
    // all of it is gone: the head knows what was there
    const bool gone = full && full->empty() && !std::filesystem::exists(record, error) && head && *head;
    if (!gone) {
        const auto read = each_line(
            record, [&](const auto& file) { examination.begin_file(file.filename().string()); },
            [&](std::string_view line, bool half) {
                if (half)
                    examination.take_half_a_line();
                else
                    examination.take(line);
                return true;
            });
        if (!read)
            return std::unexpected(read.error());
    }
    return examination.finish(head);
}

} // namespace kaomon::audit
