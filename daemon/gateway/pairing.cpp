#include "daemon/gateway/pairing.hpp"

#include "daemon/gateway/json_text.hpp"
#include "daemon/gateway/token.hpp"
#include "daemon/result/base64url.hpp"
#include "drivers/base/durable_file.hpp"
#include "drivers/base/log.hpp"
#include "drivers/base/secret.hpp"
#include "drivers/base/text_file.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <optional>

namespace kaomon::gateway {
namespace {

namespace json = boost::json;

constexpr std::size_t largest_file = 4096, shortest_password = 8, longest_password = 128;
constexpr int rounds = 10'000; // of PBKDF2, 5 ms: who has the file has the authority's key, too
constexpr std::uint32_t codes = 100'000'000;

struct OpenPairing {
    std::string name;
    Role role = Role::system;
    Time ends{};
    int wrong = 0;
    std::string salt, hash; // base64url
};

std::filesystem::path file_of(const std::filesystem::path& state) {
    return state / "pairing.json";
}

std::string hash_of(std::string_view code, std::string_view salt) {
    std::array<std::uint8_t, 32> digest{};
    PKCS5_PBKDF2_HMAC(code.data(), static_cast<int>(code.size()),
                      reinterpret_cast<const unsigned char*>(salt.data()), static_cast<int>(salt.size()),
                      rounds, EVP_sha256(), static_cast<int>(digest.size()), digest.data());
    return result::to_base64url(ByteView(digest));
}

Result<void> write(const std::filesystem::path& state, const OpenPairing& pairing) {
    const json::object object{{"name", pairing.name},
                              {"role", word(pairing.role)},
                              {"ends", pairing.ends.time_since_epoch().count()},
                              {"wrong", pairing.wrong},
                              {"salt", pairing.salt},
                              {"hash", pairing.hash}};
    return replace_file(file_of(state), json::serialize(object) + '\n', Reason::key_unreadable,
                        {.mode = 0600, .as_before = true});
}

bool close(const std::filesystem::path& state) {
    std::error_code error;
    std::filesystem::remove(file_of(state), error);
    return !error && sync_folder_of(file_of(state));
}

std::optional<OpenPairing> read(const std::filesystem::path& state, Time now) {
    const auto text = read_text_file(file_of(state), largest_file);
    json::error_code error;
    const auto parsed = text ? json::parse(*text, error) : json::value();
    const auto* object = error ? nullptr : parsed.if_object();
    if (object == nullptr)
        return std::nullopt;
    const auto role = from_word<Role>(text_at(*object, "role"));
    const auto *ends = object->if_contains("ends"), *wrong = object->if_contains("wrong");
    if (!role || ends == nullptr || !ends->is_int64() || wrong == nullptr || !wrong->is_int64())
        return std::nullopt;
    OpenPairing pairing{text_at(*object, "name"),
                        *role,
                        Time(std::chrono::seconds(ends->get_int64())),
                        static_cast<int>(std::clamp<std::int64_t>(wrong->get_int64(), 0, most_wrong_codes)),
                        text_at(*object, "salt"),
                        text_at(*object, "hash")};
    if (!may_be_paired_as(pairing.name) || pairing.role == Role::patient || pairing.salt.empty() ||
        pairing.hash.empty())
        return std::nullopt;
    // a clock that was set back makes no pairing longer
    if (now >= pairing.ends || pairing.ends - now > pairing_lasts || pairing.wrong >= most_wrong_codes)
        return std::nullopt;
    return pairing;
}

struct Wanted {
    std::string code, csr, password;
    Wanted() = default;
    Wanted(Wanted&&) = default;
    Wanted& operator=(Wanted&&) = delete;
    ~Wanted() {
        wipe(code.data(), code.size());
        wipe(password.data(), password.size());
    }
};

std::optional<Wanted> read_wanted(std::string_view body) {
    json::error_code error;
    json::parse_options options;
    options.max_depth = 2;
    const auto parsed = json::parse(json::string_view(body.data(), body.size()), error, {}, options);
    const auto* object = error ? nullptr : parsed.if_object();
    if (object == nullptr || object->size() != 2)
        return std::nullopt;
    Wanted wanted;
    wanted.code = text_at(*object, "code");
    wanted.csr = text_at(*object, "csr");
    wanted.password = text_at(*object, "password");
    if (wanted.code.empty() || wanted.csr.empty() == wanted.password.empty())
        return std::nullopt;
    return wanted;
}

std::expected<std::string, Refusal> issue(const Authority& authority, const std::filesystem::path& state,
                                          const OpenPairing& pairing, const Wanted& wanted, EVP_PKEY* key,
                                          Time now) {
    const Time until = std::min(now + peer_lasts, end_of(authority.certificate()));
    const auto certificate = authority.issue(pairing.name, key, now, until);
    if (!certificate)
        return std::unexpected(Refusal::internal_error);
    json::object reply;
    if (wanted.csr.empty()) {
        const auto packed =
            pkcs12_of(wanted.password, pairing.name, key, certificate.get(), authority.certificate());
        if (packed.empty())
            return std::unexpected(Refusal::internal_error);
        reply["pkcs12"] = packed;
    } else {
        reply["certificate"] = pem_of(certificate.get());
        reply["ca"] = pem_of(authority.certificate());
    }
    const PairedPeer peer{
        pairing.name, pairing.role, serial_of(certificate.get()), sha256_of(certificate.get()), now,
        until,        false};
    if (const auto written = write_peer(state, peer); !written) {
        log(LogLevel::error, "gateway: pairing: " + written.error().detail);
        return std::unexpected(Refusal::internal_error);
    }
    log(LogLevel::info, "gateway: paired " + peer.name + " as " + std::string(word(peer.role)));
    return json::serialize(reply);
}

} // namespace

Result<std::string> open_pairing(const std::filesystem::path& state, const std::string& name, Role role,
                                 Time now) {
    if (!may_be_paired_as(name) || role == Role::patient)
        return fail(Reason::internal_error, "not a peer's name or role");
    std::array<std::uint8_t, 16> salt{};
    std::uint32_t number = 0;
    do { // each code as often as any other
        if (RAND_priv_bytes(reinterpret_cast<unsigned char*>(&number), sizeof number) != 1 ||
            RAND_bytes(salt.data(), static_cast<int>(salt.size())) != 1)
            return fail(Reason::internal_error, "no random bytes");
    } while (number >= UINT32_MAX / codes * codes);
    std::string code = std::to_string(number % codes);
    code.insert(0, 8 - code.size(), '0');
    const std::string salt_text = result::to_base64url(ByteView(salt));
    if (auto written =
            write(state, {name, role, now + pairing_lasts, 0, salt_text, hash_of(code, salt_text)});
        !written)
        return std::unexpected(written.error());
    return code;
}

bool pairing_is_open(const std::filesystem::path& state, Time now) {
    return read(state, now).has_value();
}

std::expected<std::string, Refusal> pair(const Authority& authority, const std::filesystem::path& state,
                                         std::string_view body, Time now) {
    const auto wanted = read_wanted(body);
    if (!wanted)
        return std::unexpected(Refusal::request_malformed);
    if (!wanted->password.empty() &&
        (wanted->password.size() < shortest_password || wanted->password.size() > longest_password))
        return std::unexpected(Refusal::password_short);
    auto pairing = read(state, now);
    if (!pairing)
        return std::unexpected(Refusal::pairing_closed);
    ++pairing->wrong; // until it proves right, and also if this process ends now
    if (const auto written = write(state, *pairing); !written) {
        log(LogLevel::error, "gateway: pairing: " + written.error().detail);
        return std::unexpected(Refusal::internal_error);
    }
    if (!same_secret(hash_of(wanted->code, pairing->salt), pairing->hash)) {
        if (pairing->wrong >= most_wrong_codes)
            close(state);
        log(LogLevel::warning, "gateway: pairing: a wrong code");
        return std::unexpected(Refusal::code_wrong);
    }
    const PrivateKey key = wanted->csr.empty() ? make_p256_key() : key_of_request(wanted->csr);
    if (!key)
        return std::unexpected(wanted->csr.empty() ? Refusal::internal_error : Refusal::csr_refused);
    if (!close(state))
        return std::unexpected(Refusal::internal_error);
    return issue(authority, state, *pairing, *wanted, key.get(), now);
}

} // namespace kaomon::gateway
