#include "drivers/card/mynumber/subject_secret.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/text_file.hpp"
#include "drivers/base/unique_fd.hpp"
#include "drivers/card/mynumber/date.hpp"
#include "drivers/card/mynumber/digest.hpp"
#include "drivers/card/mynumber/keyed_digest.hpp"
#include "drivers/card/mynumber/warning.hpp"
#include "drivers/card/mynumber/x509.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

namespace kaomon::card::mynumber {
namespace {

constexpr std::size_t sum_size = 4; // bytes
constexpr std::size_t line_size = 2 * digest_key_size + 1 + 2 * sum_size;
constexpr std::size_t largest_file = 1024;
constexpr std::string_view previous_word = "previous ";
constexpr const char* credential = "subject-secret";

std::unexpected<Failure> unreadable(std::string detail) {
    return fail(Reason::subject_secret_unreadable, std::move(detail));
}

// HEX-SUM, where SUM is the start of the secret's SHA-256: what is typed or cut wrong is not another secret.
SecretText line_of(const SecretBytes& secret) {
    const auto sum = sha256({secret});
    std::string text = to_hex(secret) + "-" + to_hex(ByteView(sum).first(sum_size));
    SecretText line(text);
    wipe(text.data(), text.size());
    return line;
}

std::optional<SecretBytes> secret_of(std::string_view line) {
    auto secret = digest_key_of(line.substr(0, std::min(2 * digest_key_size, line.size())));
    if (!secret || line_of(*secret).view() != line)
        return std::nullopt;
    return secret;
}

ReferenceValue reference_under(const SecretBytes& secret, SubjectKind kind, ByteView public_key) {
    const auto whole = keyed_digest(secret, static_cast<std::uint8_t>(kind), public_key);
    ReferenceValue value{};
    std::ranges::copy_n(whole.begin(), std::ssize(value), value.begin());
    return value;
}

// Ours alone, or root's as a credential of systemd.
bool is_kept(int file, bool as_credential) {
    struct stat found{};
    return fstat(file, &found) == 0 && S_ISREG(found.st_mode) &&
           (as_credential || (found.st_uid == geteuid() && (found.st_mode & 077U) == 0));
}

std::filesystem::path credential_file() {
    const char* folder =
        std::getenv("CREDENTIALS_DIRECTORY"); // NOLINT(concurrency-mt-unsafe): before threads
    std::error_code error;
    if (folder == nullptr || !std::filesystem::exists(std::filesystem::path(folder) / credential, error))
        return {};
    return std::filesystem::path(folder) / credential;
}

} // namespace

SubjectSecret::SubjectSecret() : current_(random_digest_key()) {}

Result<SubjectSecret> SubjectSecret::parse(std::string_view text, Date today) {
    const auto end = text.find('\n');
    auto current = secret_of(text.substr(0, end));
    if (!current || end == std::string_view::npos)
        return unreadable("is no secret of ours");
    SubjectSecret secret;
    secret.current_ = std::move(*current);
    std::string_view rest = text.substr(end + 1);
    if (rest.empty())
        return secret;
    if (!rest.starts_with(previous_word) || !rest.ends_with('\n'))
        return unreadable("is no secret of ours");
    rest = rest.substr(previous_word.size(), rest.size() - previous_word.size() - 1);
    auto previous = secret_of(rest.substr(0, std::min(line_size, rest.size())));
    const auto day = rest.size() == line_size + 1 + 8
                         ? read_date({reinterpret_cast<const std::uint8_t*>(rest.data()) + line_size + 1, 8})
                         : std::nullopt;
    if (!previous || !day)
        return unreadable("is no secret of ours");
    if (*day < today)
        return secret;
    secret.previous_ = std::move(*previous);
    secret.until_ = *day;
    return secret;
}

Result<SubjectSecret> SubjectSecret::load_or_create(const std::filesystem::path& file, Date today) {
    const auto given = credential_file();
    const auto& source = given.empty() ? file : given;
    const UniqueFd opened(::open(source.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!opened && errno == ENOENT && given.empty()) {
        SubjectSecret fresh;
        fresh.made_ = true;
        if (auto written = fresh.write(file); !written)
            return std::unexpected(std::move(written.error()));
        return fresh;
    }
    if (!opened)
        return unreadable(source.string() + ": " + std::strerror(errno));
    if (!is_kept(opened.get(), !given.empty()))
        return unreadable(source.string() + ": others can read it (chmod 600), or it is not ours");
    auto text = read_text(opened.get(), largest_file);
    if (!text)
        return unreadable(source.string() + ": " + std::strerror(text.error()));
    auto secret = parse(*text, today);
    wipe(text->data(), text->size());
    if (!secret)
        return unreadable(source.string() + ": " + secret.error().detail);
    return secret;
}

Result<SubjectSecret> SubjectSecret::read(std::string_view exported) {
    auto current = secret_of(exported);
    if (!current)
        return unreadable("mistyped or cut off");
    SubjectSecret secret;
    secret.current_ = std::move(*current);
    return secret;
}

SecretText SubjectSecret::exported() const {
    return line_of(current_);
}

Result<void> SubjectSecret::write(const std::filesystem::path& file) const {
    std::string text(line_of(current_).view());
    text += '\n';
    if (until_) {
        std::string day = iso_day(*until_);
        std::erase(day, '-');
        text.append(previous_word).append(line_of(previous_).view()).append(" ").append(day).append("\n");
    }
    auto written = replace_file(file, text, Reason::subject_secret_unreadable);
    wipe(text.data(), text.size());
    return written;
}

SubjectSecret SubjectSecret::rotated(Date kept_until) const {
    SubjectSecret fresh;
    fresh.previous_ = current_;
    fresh.until_ = kept_until;
    return fresh;
}

SubjectReference SubjectSecret::of(SubjectKind kind, ByteView public_key) const {
    SubjectReference reference{kind, reference_under(current_, kind, public_key), {}};
    if (!previous_.empty())
        reference.previous = reference_under(previous_, kind, public_key);
    return reference;
}

Bytes public_key_of_certificate(ByteView certificate) {
    const X509Handle read = read_x509(certificate);
    if (!read)
        return {};
    unsigned char* der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(read.get()), &der);
    if (size <= 0)
        return {};
    Bytes key(der, der + size);
    OPENSSL_free(der);
    return key;
}

} // namespace kaomon::card::mynumber
