#include "drivers/card/mynumber/idempotency.hpp"

#include "drivers/card/mynumber/digest.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

namespace kaomon::card::mynumber {
namespace {

constexpr std::size_t line_length = 17;          // 16 digits and the newline
constexpr std::size_t kept = 4096;               // keys: more than a desk sees in a week
constexpr off_t largest_file = 16 * 1024 * 1024; // bytes; beyond it is no ledger of ours

using Line = std::array<char, line_length + 1>;

Line line_of(std::uint64_t key) {
    Line line{};
    std::snprintf(line.data(), line.size(), "%016llx\n", static_cast<unsigned long long>(key));
    return line;
}

std::unexpected<Failure> unwritable(const std::filesystem::path& file, std::string_view why) {
    return fail(Reason::idempotency_ledger_unwritable, file.string() + ": " + std::string(why));
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

ByteView bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// Empty, with errno, where it cannot be had for writing.
UniqueFd open_locked(const std::filesystem::path& file) {
    UniqueFd opened(
        ::open(file.c_str(), O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
    if (opened && flock(opened.get(), LOCK_EX | LOCK_NB) != 0) {
        const int why = errno; // closing may change it
        opened.reset();
        errno = why;
    }
    return opened;
}

std::optional<std::string> read_whole(int descriptor) {
    struct stat found{};
    if (fstat(descriptor, &found) != 0 || !S_ISREG(found.st_mode) || found.st_size > largest_file)
        return std::nullopt;
    std::string text(static_cast<std::size_t>(found.st_size), '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const ssize_t got =
            pread(descriptor, text.data() + size, text.size() - size, static_cast<off_t>(size));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return std::nullopt;
        size += static_cast<std::size_t>(got);
    }
    return text;
}

// In the order they were written.
std::vector<std::uint64_t> keys_in(std::string_view text) {
    std::vector<std::uint64_t> keys;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        std::uint64_t key = 0;
        const auto [stop, error] = std::from_chars(line.begin(), line.end(), key, 16);
        if (error == std::errc() && line.size() == line_length - 1 && stop == line.end())
            keys.push_back(key);
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return keys;
}

} // namespace

IdempotencyKey idempotency_key_of(std::string_view owner, std::string_view name) {
    constexpr std::array<std::uint8_t, 1> apart{0}; // stands in neither
    const Digest digest = sha256({bytes_of(owner), apart, bytes_of(name)});
    IdempotencyKey key;
    for (std::size_t i = 0; i < sizeof key.value; ++i)
        key.value = key.value << 8 | digest[i];
    return key;
}

Result<IdempotencyLedger> IdempotencyLedger::open(const std::filesystem::path& file) {
    IdempotencyLedger ledger;
    ledger.file_ = open_locked(file);
    if (!ledger.file_)
        return unwritable(file,
                          errno == EWOULDBLOCK ? "another process is writing it" : std::strerror(errno));
    const auto text = read_whole(ledger.file_.get());
    if (!text)
        return unwritable(file, "is no ledger of spent keys, or cannot be read");
    auto keys = keys_in(*text);
    if (keys.size() > 2 * kept) { // a shorter one beside it, then in its place: at no time is there none
        keys.erase(keys.begin(), keys.end() - static_cast<std::ptrdiff_t>(kept));
        const std::filesystem::path beside = file.string() + ".new";
        std::filesystem::remove(beside);
        UniqueFd shorter = open_locked(beside);
        std::string whole;
        for (const std::uint64_t key : keys)
            whole += line_of(key).data();
        if (!shorter || !write_all(shorter.get(), whole) || fdatasync(shorter.get()) != 0 ||
            std::rename(beside.c_str(), file.c_str()) != 0) {
            return unwritable(file, std::strerror(errno));
        }
        ledger.file_ = std::move(shorter);
    } else if (!text->ends_with('\n') && !text->empty()) { // half a line: a power cut
        if (ftruncate(ledger.file_.get(), static_cast<off_t>(text->rfind('\n') + 1)) != 0)
            return unwritable(file, std::strerror(errno));
    }
    ledger.spent_.insert(keys.begin(), keys.end());
    return ledger;
}

Result<void> IdempotencyLedger::spend(IdempotencyKey key) {
    if (file_) {
        if (!write_all(file_.get(), line_of(key.value).data()) || fdatasync(file_.get()) != 0)
            return fail(Reason::idempotency_ledger_unwritable, std::strerror(errno));
    }
    spent_.insert(key.value);
    return {};
}

} // namespace kaomon::card::mynumber
