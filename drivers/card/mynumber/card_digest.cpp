#include "drivers/card/mynumber/card_digest.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/log.hpp"
#include "drivers/base/text_file.hpp"
#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <new>
#include <optional>
#include <string>
#include <system_error>

namespace kaomon::card::mynumber {
namespace {

constexpr std::size_t key_size = 32; // bytes: the digest's own length, as RFC 2104 §3 recommends

std::optional<SecretBytes> read_digits(std::string_view text) {
    if (text.size() != 2 * key_size + 1 || text.back() != '\n')
        return std::nullopt;
    const auto value = [](char digit) -> int {
        if (digit >= '0' && digit <= '9')
            return digit - '0';
        return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
    };
    SecretBytes key(key_size);
    for (std::size_t i = 0; i < key_size; ++i) {
        const int high = value(text[2 * i]), low = value(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        key[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return key;
}

// Nothing where there is no such file, or none that can be used; the second is said in the log.
std::optional<SecretBytes> read_key(const std::filesystem::path& file) {
    const UniqueFd opened(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!opened && errno == ENOENT)
        return std::nullopt;
    struct stat found{};
    const bool ours = opened && fstat(opened.get(), &found) == 0 && S_ISREG(found.st_mode) &&
                      found.st_uid == geteuid() && (found.st_mode & 077) == 0;
    auto text = ours ? read_text(opened.get(), 2 * key_size + 1) : std::unexpected(EACCES);
    auto key = text ? read_digits(*text) : std::nullopt;
    if (text)
        wipe(text->data(), text->size());
    if (!key)
        log(LogLevel::error, file.string() + ": is no key of ours, or others can read it; a new one is made");
    return key;
}

} // namespace

CardDigestKey::CardDigestKey() : key_(key_size) {
    if (RAND_bytes(key_.data(), static_cast<int>(key_.size())) != 1)
        throw std::system_error(EIO, std::generic_category(), "RAND_bytes");
}

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
    SecretBytes message{static_cast<std::uint8_t>(trait)}; // so that no trait's digest is another's
    message.insert(message.end(), bytes.begin(), bytes.end());
    CardDigest digest{};
    unsigned size = digest.size();
    if (HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), message.data(), message.size(),
             digest.data(), &size) == nullptr)
        throw std::bad_alloc();
    return digest;
}

} // namespace kaomon::card::mynumber
