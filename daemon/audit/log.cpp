#include "daemon/audit/log.hpp"

#include "daemon/audit/lines.hpp"
#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>
#include <utility>

namespace kaomon::audit {
namespace {

// A JSON string of plain ASCII: our words and ids are nothing else, and whatever else comes stays one
// harmless line.
std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char character : text) {
        const auto code = static_cast<unsigned char>(character);
        if (code < 0x20 || code > 0x7E || code == '"' || code == '\\') {
            constexpr char digits[] = "0123456789abcdef";
            out.append("\\u00").append(1, digits[code >> 4]).append(1, digits[code & 15]);
        } else {
            out.push_back(character);
        }
    }
    return out + '"';
}

std::string members(const Record& record) {
    std::string text = "\"time\":" + std::to_string(record.time);
    for (const auto& [name, value] : {std::pair<const char*, const std::string&>{"session", record.session},
                                      {"caller", record.caller},
                                      {"decision", record.decision},
                                      {"method", record.method},
                                      {"reason", record.reason},
                                      {"signature", record.signature},
                                      {"chip", record.chip},
                                      {"policy", record.policy},
                                      {"result_sha256", record.result_sha256},
                                      {"simulated", record.simulated},
                                      {"staff", record.staff},
                                      {"staff_reason", record.staff_reason},
                                      {"earlier", record.earlier},
                                      {"suspicion", record.suspicion}})
        text.append(",\"").append(name).append("\":").append(json_string(value));
    return text;
}

std::unexpected<Failure> unwritable(const std::filesystem::path& file, const std::string& why) {
    return fail(Reason::audit_unwritable, file.string() + ": " + why);
}

Failure about(const std::filesystem::path& file, Failure failure) {
    failure.detail = file.string() + ": " + failure.detail;
    return failure;
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t put = write(descriptor, text.data(), text.size());
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(put));
    }
    return true;
}

bool sync_folder_of(const std::filesystem::path& file) {
    const auto parent = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    const UniqueFd folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return folder && fsync(folder.get()) == 0;
}

} // namespace

struct Log::Impl {
    std::filesystem::path file;
    UniqueFd descriptor; // append-only, locked
    Chain chain;
    std::uint64_t bytes = 0;           // what the file must hold
    std::optional<Failure> given_up{}; // after which nothing is known about the file's end

    Result<void> append_line(std::string_view line_members) {
        if (given_up)
            return std::unexpected(*given_up);
        if (auto ours = still_ours(); !ours)
            return give_up(ours.error());
        const std::string line = chain.next_line(line_members);
        Chain continued = chain;
        if (auto accepted = continued.accept({line.data(), line.size() - 1}); !accepted)
            return unwritable(file, "the record is too long"); // the one way our own line does not fit
        if (!write_all(descriptor.get(), line)) {
            const std::string why = std::strerror(errno);
            if (ftruncate(descriptor.get(), static_cast<off_t>(bytes)) != 0)
                give_up(unwritable(file, why).error());
            return unwritable(file, why);
        }
        // after a failed sync the kernel may have dropped the pages: a second try would lie
        if (fdatasync(descriptor.get()) != 0)
            return give_up(unwritable(file, std::strerror(errno)).error());
        chain = std::move(continued);
        bytes += line.size();
        return {};
    }

    std::unexpected<Failure> give_up(Failure failure) {
        given_up = failure;
        return std::unexpected(std::move(failure));
    }

    // Two daemons are kept apart by the lock; this notices an editor, a truncation, a rotation.
    Result<void> still_ours() const {
        struct stat open_file{}, named_file{};
        if (fstat(descriptor.get(), &open_file) != 0 || lstat(file.c_str(), &named_file) != 0 ||
            open_file.st_ino != named_file.st_ino || open_file.st_dev != named_file.st_dev)
            return fail(Reason::audit_broken, file.string() + ": moved or replaced while in use");
        if (static_cast<std::uint64_t>(open_file.st_size) != bytes)
            return fail(Reason::audit_broken, file.string() + ": changed by somebody else while in use");
        return {};
    }
};

Log::Log(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Log::Log(Log&&) noexcept = default;
Log& Log::operator=(Log&&) noexcept = default;
Log::~Log() = default;

Result<Log> Log::open(const std::filesystem::path& file) {
    UniqueFd opened(
        ::open(file.c_str(), O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
    if (!opened)
        return unwritable(file, errno == ELOOP ? "is a symbolic link" : std::strerror(errno));
    struct stat found{};
    if (fstat(opened.get(), &found) != 0 || !S_ISREG(found.st_mode))
        return unwritable(file, "not a regular file");
    if (flock(opened.get(), LOCK_EX | LOCK_NB) != 0)
        return unwritable(file, "another process is writing it");
    if (found.st_size == 0 && !sync_folder_of(file))
        return unwritable(file, std::strerror(errno));

    auto lines = read_lines(opened.get());
    if (!lines)
        return std::unexpected(about(file, lines.error()));
    auto impl = std::make_unique<Impl>(file, std::move(opened), std::move(lines->chain), lines->whole_bytes);
    if (!lines->torn.empty()) {
        const std::filesystem::path beside = file.string() + ".torn";
        const UniqueFd torn(
            ::open(beside.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (!torn || !write_all(torn.get(), lines->torn + '\n') || fsync(torn.get()) != 0)
            return unwritable(beside, std::strerror(errno));
        if (ftruncate(impl->descriptor.get(), static_cast<off_t>(impl->bytes)) != 0)
            return unwritable(file, std::strerror(errno));
        const auto noted =
            impl->append_line(R"("event":"torn_line","bytes":)" + std::to_string(lines->torn.size()));
        if (!noted)
            return std::unexpected(noted.error());
    }
    return Log(std::move(impl));
}

Result<void> Log::append(const Record& record) {
    return impl_->append_line(members(record));
}

Result<std::uint64_t> verify(const std::filesystem::path& file) {
    const UniqueFd opened(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!opened)
        return unwritable(file, std::string("cannot be read: ") + std::strerror(errno));
    const auto lines = read_lines(opened.get());
    if (!lines)
        return std::unexpected(about(file, lines.error()));
    if (!lines->torn.empty())
        return fail(Reason::audit_broken,
                    file.string() + ": line " + std::to_string(lines->chain.count() + 1) + ": half a line");
    return lines->chain.count();
}

} // namespace kaomon::audit
