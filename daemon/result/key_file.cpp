#include "daemon/result/key_file.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/system_call.hpp"
#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace kaomon::result {
namespace {

constexpr std::size_t max_key_file = 4096; // bytes; an Ed25519 PEM has 119
constexpr std::string_view first_line = "-----BEGIN PRIVATE KEY-----";
constexpr std::string_view last_line = "-----END PRIVATE KEY-----";
// OneAsymmetricKey, version 1, id-Ed25519, CurvePrivateKey (RFC 8410 section 7); the seed follows.
constexpr std::array<std::uint8_t, 16> der_start{0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
                                                 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};
constexpr std::size_t seed_bytes = 32;

std::unexpected<Failure> refuse(const std::filesystem::path& file, const std::string& why) {
    return fail(Reason::key_unreadable, file.string() + ": " + why);
}

Result<SecretBytes> read_file(const std::filesystem::path& file, int descriptor, KeptBy kept_by) {
    struct stat found{};
    if (fstat(descriptor, &found) != 0 || !S_ISREG(found.st_mode))
        return refuse(file, "not a regular file");
    if (found.st_uid != geteuid() && found.st_uid != 0)
        return refuse(file, "belongs to another user");
    // the group's bits of a file with an access list are the list's mask
    if ((found.st_mode & (kept_by == KeptBy::mode ? 077U : 037U)) != 0)
        return refuse(file, "others can read or write it; chmod 600 it or replace the key");
    SecretBytes content(max_key_file + 1);
    std::size_t size = 0;
    while (size < content.size()) {
        const ssize_t got =
            retried([&] { return read(descriptor, content.data() + size, content.size() - size); });
        if (got < 0)
            return refuse(file, std::strerror(errno));
        if (got == 0)
            break;
        size += static_cast<std::size_t>(got);
    }
    if (size > max_key_file)
        return refuse(file, "too large for a key file");
    content.resize(size);
    return content;
}

SecretBytes pem_of(const SecretBytes& seed) {
    SecretBytes der(der_start.begin(), der_start.end());
    der.insert(der.end(), seed.begin(), seed.end());
    SecretBytes base64(4 * der.size() / 3 + 1); // and a final zero
    EVP_EncodeBlock(base64.data(), der.data(), static_cast<int>(der.size()));
    base64.pop_back();
    SecretBytes pem(first_line.begin(), first_line.end());
    pem.push_back('\n');
    pem.insert(pem.end(), base64.begin(), base64.end());
    pem.push_back('\n');
    pem.insert(pem.end(), last_line.begin(), last_line.end());
    pem.push_back('\n');
    return pem;
}

std::string_view text_of(const SecretBytes& pem) { // for as long as it lives
    return {reinterpret_cast<const char*>(pem.data()), pem.size()};
}

} // namespace

Result<SecretBytes> seed_of_pem(ByteView pem) {
    const auto damaged = [] {
        return fail(Reason::key_unreadable, "damaged, or not an unencrypted PEM key");
    };
    const auto begin = std::ranges::search(pem, first_line), end = std::ranges::search(pem, last_line);
    if (begin.empty() || end.empty() || end.begin() < begin.end())
        return damaged();
    SecretBytes base64;
    base64.reserve(pem.size()); // so that no part of it is left behind by growing
    std::copy_if(begin.end(), end.begin(), std::back_inserter(base64),
                 [](std::uint8_t c) { return c != '\n' && c != '\r' && c != ' ' && c != '\t'; });
    SecretBytes der(base64.size() / 4 * 3 + 3);
    const int size = base64.empty() || base64.size() % 4 != 0
                         ? -1
                         : EVP_DecodeBlock(der.data(), base64.data(), static_cast<int>(base64.size()));
    if (size < 0)
        return damaged();
    const std::size_t padding =
        static_cast<std::size_t>(std::ranges::count(base64.end() - 2, base64.end(), std::uint8_t{'='}));
    der.resize(static_cast<std::size_t>(size) - padding);
    if (der.size() != der_start.size() + seed_bytes ||
        !std::equal(der_start.begin(), der_start.end(), der.begin()))
        return fail(Reason::key_unreadable, "not an Ed25519 key");
    return SecretBytes(der.begin() + der_start.size(), der.end());
}

Result<SecretBytes> load_seed(const std::filesystem::path& file, KeptBy kept_by) {
    const UniqueFd opened(open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!opened && errno == ENOENT)
        return fail(Reason::key_missing, file.string() + ": No such file");
    if (!opened)
        return refuse(file, errno == ELOOP ? "is a symbolic link" : std::strerror(errno));
    const auto pem = read_file(file, opened.get(), kept_by);
    if (!pem)
        return std::unexpected(pem.error());
    auto seed = seed_of_pem(*pem);
    if (!seed)
        return refuse(file, seed.error().detail);
    return seed;
}

Result<void> replace_seed(const std::filesystem::path& file, const SecretBytes& seed) {
    return replace_file(file, text_of(pem_of(seed)), Reason::key_unreadable);
}

Result<bool> create_seed(const std::filesystem::path& file) {
    const SecretBytes seed = make_seed();
    if (seed.empty())
        return refuse(file, "cannot make a key");
    return create_file(file, text_of(pem_of(seed)), Reason::key_unreadable);
}

} // namespace kaomon::result
