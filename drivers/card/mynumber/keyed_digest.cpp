#include "drivers/card/mynumber/keyed_digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <cerrno>
#include <new>
#include <system_error>

namespace kaomon::card::mynumber {

SecretBytes random_digest_key() {
    SecretBytes key(digest_key_size);
    if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1)
        throw std::system_error(EIO, std::generic_category(), "RAND_bytes");
    return key;
}

std::optional<SecretBytes> digest_key_of(std::string_view digits) {
    if (digits.size() != 2 * digest_key_size)
        return std::nullopt;
    const auto value = [](char digit) -> int {
        if (digit >= '0' && digit <= '9')
            return digit - '0';
        return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
    };
    SecretBytes key(digest_key_size);
    for (std::size_t i = 0; i < digest_key_size; ++i) {
        const int high = value(digits[2 * i]), low = value(digits[2 * i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        key[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return key;
}

KeyedDigest keyed_digest(const SecretBytes& key, std::uint8_t kind, ByteView bytes) {
    SecretBytes message{kind};
    message.insert(message.end(), bytes.begin(), bytes.end());
    KeyedDigest digest{};
    unsigned size = digest.size();
    if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), message.data(), message.size(),
             digest.data(), &size) == nullptr)
        throw std::bad_alloc();
    return digest;
}

} // namespace kaomon::card::mynumber
