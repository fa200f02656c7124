#include "daemon/result/key_file.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/secret.hpp"
#include "drivers/base/system_call.hpp"
#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

namespace kaomon::result {
namespace {

constexpr std::size_t max_key_file = 4096; // an Ed25519 PEM is 119 bytes

struct FreeBio {
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

std::unexpected<Failure> refuse(const std::filesystem::path& file, const std::string& why) {
    ERR_clear_error(); // OpenSSL's queue is per thread and must not surprise the next caller
    return fail(Reason::key_unreadable, file.string() + ": " + why);
}

Result<SecretBytes> read_file(const std::filesystem::path& file, int descriptor) {
    struct stat found{};
    if (fstat(descriptor, &found) != 0 || !S_ISREG(found.st_mode))
        return refuse(file, "not a regular file");
    if (found.st_uid != geteuid() && found.st_uid != 0)
        return refuse(file, "belongs to another user");
    if ((found.st_mode & 077) != 0)
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

Result<KeyHandle> parse(const std::filesystem::path& file, const SecretBytes& pem) {
    const Bio source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    // an encrypted key must be an error: OpenSSL's default would ask on the terminal
    const auto no_password = [](char*, int, int, void*) { return -1; };
    KeyHandle key(source ? PEM_read_bio_PrivateKey(source.get(), nullptr, no_password, nullptr) : nullptr);
    if (!key)
        return refuse(file, "damaged, or not an unencrypted PEM key");
    if (!public_key(key.get()))
        return refuse(file, "not an Ed25519 key");
    return key;
}

Result<void> create(const std::filesystem::path& file) {
    const KeyHandle key = make_key();
    const Bio sink(BIO_new(BIO_s_mem())); // wiped by OpenSSL when freed
    char* pem = nullptr;
    if (!key || !sink ||
        PEM_write_bio_PKCS8PrivateKey(sink.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return refuse(file, "cannot make a key");
    const long bytes = BIO_get_mem_data(sink.get(), &pem);
    const auto made = create_file(file, {pem, static_cast<std::size_t>(bytes)}, Reason::key_unreadable);
    if (!made)
        return std::unexpected(made.error());
    return {}; // or somebody else was quicker: theirs is the key
}

} // namespace

Result<KeyHandle> load_or_create_key(const std::filesystem::path& file) {
    const auto open_it = [&file] {
        return UniqueFd(open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    };
    UniqueFd opened = open_it();
    if (!opened && errno == ENOENT) {
        if (auto created = create(file); !created)
            return std::unexpected(created.error());
        opened = open_it();
    }
    if (!opened)
        return refuse(file, errno == ELOOP ? "is a symbolic link" : std::strerror(errno));
    const auto pem = read_file(file, opened.get());
    if (!pem)
        return std::unexpected(pem.error());
    return parse(file, *pem);
}

} // namespace kaomon::result
