#include "daemon/gateway/authority.hpp"

#include "daemon/gateway/endpoint.hpp"
#include "drivers/base/durable_file.hpp"
#include "drivers/base/secret.hpp"
#include "drivers/base/text_file.hpp"

#include <openssl/obj_mac.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

namespace kaomon::gateway {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr std::size_t largest_pem = 16 * 1024;
constexpr days authority_lasts{3650}, server_lasts{397}, renewed_before{30};
constexpr hours slow_clocks{24}; // a peer whose clock is behind takes the certificate all the same

struct Pair {
    Certificate certificate;
    PrivateKey key;
};

std::unexpected<Failure> unusable(const std::filesystem::path& file, const std::string& why) {
    return fail(Reason::key_unreadable, file.string() + ": " + why);
}

// Nothing: they are not there.
Result<std::optional<Pair>> read_pair(const std::filesystem::path& state, const std::string& name) {
    const auto certificate_file = state / (name + ".pem"), key_file = state / (name + ".key");
    const auto certificate = read_text_file(certificate_file, largest_pem);
    auto key = read_text_file(key_file, largest_pem);
    if (!certificate && !key && certificate.error() == ENOENT && key.error() == ENOENT)
        return std::nullopt;
    if (!certificate)
        return unusable(certificate_file, std::strerror(certificate.error()));
    if (!key)
        return unusable(key_file, std::strerror(key.error()));
    Pair pair{certificate_from(*certificate), key_from(*key)};
    wipe(key->data(), key->size());
    if (!pair.certificate || !pair.key || X509_check_private_key(pair.certificate.get(), pair.key.get()) != 1)
        return unusable(certificate_file, "damaged, or not the certificate of " + key_file.string());
    return pair;
}

// The key first: a certificate never stands there without its key.
Result<void> write_pair(const std::filesystem::path& state, const std::string& name, const Pair& pair) {
    std::string key = pem_of(pair.key.get());
    const auto kept = replace_file(state / (name + ".key"), key, Reason::key_unreadable);
    wipe(key.data(), key.size());
    if (!kept)
        return kept;
    return replace_file(state / (name + ".pem"), pem_of(pair.certificate.get()), Reason::key_unreadable);
}

std::string host_name() {
    std::array<char, 65> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string();
}

Pair make_authority(Time now) {
    Pair made{nullptr, make_p256_key()};
    if (made.key)
        made.certificate =
            make_certificate({.common_name = ("Kaomon gateway " + host_name()).substr(0, 64),
                              .from = now - slow_clocks,
                              .until = now + authority_lasts,
                              .extensions = {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                                             {NID_key_usage, "critical,keyCertSign,cRLSign"},
                                             {NID_subject_key_identifier, "hash"}}},
                             made.key.get(), nullptr, made.key.get());
    return made;
}

Pair make_server(const Pair& authority, const std::vector<std::string>& names, Time now) {
    std::string alternatives;
    for (const std::string& name : names)
        alternatives += (alternatives.empty() ? "" : ",") +
                        std::string(canonical_address(name).empty() ? "DNS:" : "IP:") + name;
    Pair made{nullptr, make_p256_key()};
    if (made.key)
        made.certificate = make_certificate({.common_name = "kaomon-gateway",
                                             .from = now - slow_clocks,
                                             .until = now + server_lasts,
                                             .extensions = {{NID_basic_constraints, "critical,CA:FALSE"},
                                                            {NID_key_usage, "critical,digitalSignature"},
                                                            {NID_ext_key_usage, "serverAuth"},
                                                            {NID_subject_key_identifier, "hash"},
                                                            {NID_authority_key_identifier, "keyid"},
                                                            {NID_subject_alt_name, alternatives}}},
                                            made.key.get(), authority.certificate.get(), authority.key.get());
    return made;
}

// What is there, as long as it `serves`; otherwise a new one, written.
Result<Pair> read_or_make(const std::filesystem::path& state, const std::string& name, const auto& serves,
                          const auto& make) {
    auto there = read_pair(state, name);
    if (!there)
        return std::unexpected(there.error());
    if (*there && serves(**there))
        return std::move(**there);
    Pair made = make();
    if (!made.certificate)
        return unusable(state / (name + ".pem"), "OpenSSL cannot make it");
    if (auto written = write_pair(state, name, made); !written)
        return std::unexpected(written.error());
    return made;
}

} // namespace

Result<Authority> Authority::open(const std::filesystem::path& state, const std::vector<std::string>& names,
                                  Time now) {
    auto own = read_or_make(
        state, "authority", [](const Pair&) { return true; }, [&] { return make_authority(now); });
    if (!own)
        return std::unexpected(own.error());
    const auto serves = [&](const Pair& pair) {
        return end_of(pair.certificate.get()) - now > renewed_before &&
               has_names(pair.certificate.get(), names) &&
               X509_check_issued(own->certificate.get(), pair.certificate.get()) == X509_V_OK;
    };
    auto server = read_or_make(state, "server", serves, [&] { return make_server(*own, names, now); });
    if (!server)
        return std::unexpected(server.error());
    Authority made;
    made.certificate_ = std::move(own->certificate);
    made.key_ = std::move(own->key);
    made.server_ = std::move(server->certificate);
    made.server_key_ = std::move(server->key);
    return made;
}

Certificate Authority::issue(const std::string& name, EVP_PKEY* key, Time now, Time until) const {
    return make_certificate({.common_name = name,
                             .from = now - slow_clocks,
                             .until = until,
                             .extensions = {{NID_basic_constraints, "critical,CA:FALSE"},
                                            {NID_key_usage, "critical,digitalSignature"},
                                            {NID_ext_key_usage, "clientAuth"},
                                            {NID_subject_key_identifier, "hash"},
                                            {NID_authority_key_identifier, "keyid"}}},
                            key, certificate_.get(), key_.get());
}

} // namespace kaomon::gateway
