#include "drivers/card/mynumber/card_digest.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/log.hpp"
#include "drivers/base/text_file.hpp"
#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>
#include <string>

namespace kaomon::card::mynumber {
namespace {

// The line of the file.
std::optional<SecretBytes> read_line(std::string_view text) {
    return text.ends_with('\n') ? digest_key_of(text.substr(0, text.size() - 1)) : std::nullopt;
}

// Nothing where there is no such file, or none that can be used; the second is said in the log.
std::optional<SecretBytes> read_key(const std::filesystem::path& file) {
    const UniqueFd opened(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!opened && errno == ENOENT)
        return std::nullopt;
    struct stat found{};
    const bool ours = opened && fstat(opened.get(), &found) == 0 && S_ISREG(found.st_mode) &&
                      found.st_uid == geteuid() && (found.st_mode & 077) == 0;
    auto text = ours ? read_text(opened.get(), 2 * digest_key_size + 1) : std::unexpected(EACCES);
    auto key = text ? read_line(*text) : std::nullopt;
    if (text)
        wipe(text->data(), text->size());
    if (!key)
        log(LogLevel::error, file.string() + ": is no key of ours, or others can read it; a new one is made");
    return key;
}

} // namespace

CardDigestKey::CardDigestKey() : key_(random_digest_key()) {}

Result<CardDigestKey> CardDigestKey::load_or_create(const std::filesystem::path& file) {
    CardDigestKey key;
    if (auto read = read_key(file)) {
        key.key_ = std::move(*read);
        return key;
    }
    std::string text = to_hex(key.key_) + '\n';
    auto written = replace_file(file, text, Reason::suspicion_unwritable);
    wipe(text.data(), text.size());
    if (!written)
        return std::unexpected(std::move(written.error()));
    return key;
}

CardDigest CardDigestKey::of(CardTrait trait, ByteView bytes) const {
    return keyed_digest(key_, static_cast<std::uint8_t>(trait), bytes);
}

} // namespace kaomon::card::mynumber
