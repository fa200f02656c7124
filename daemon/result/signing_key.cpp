// The device's own key: where it comes from, and what it signs.
#include "daemon/result/base64url.hpp"
#include "daemon/result/jws.hpp"
#include "daemon/result/key_file.hpp"
#include "daemon/result/known_keys.hpp"

#include <boost/json.hpp>

#include <cstdlib>
#include <new>

namespace kaomon::result {
namespace {

namespace json = boost::json;

constexpr const char* credential = "signing-key.pem"; // LoadCredential=signing-key.pem:…

// The credential's file, where systemd passed one.
std::filesystem::path credential_file() {
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (folder == nullptr || *folder == '\0')
        return {};
    const auto file = std::filesystem::path(folder) / credential;
    std::error_code error;
    return std::filesystem::exists(file, error) ? file : std::filesystem::path();
}

std::string what_to_do(const std::filesystem::path& file) {
    return file.string() +
           ": this device had a signing key and it is gone. Put it back from a copy (mode 0600, the daemon's "
           "user), or make another with \"kaomonctl key make --replace-lost\" as that user and give every "
           "reception system the new public key (GetKeys)";
}

Result<SecretBytes> seed_of_device(const std::filesystem::path& file, const KnownKeys& known,
                                   bool began_before) {
    if (const auto passed = credential_file(); !passed.empty())
        return load_seed(passed, KeptBy::systemd);
    auto seed = load_seed(file);
    if (seed || seed.error().reason != Reason::key_missing)
        return seed;
    if (!known.empty() || began_before)
        return fail(Reason::key_missing, what_to_do(file));
    if (const auto made = create_seed(file); !made)
        return std::unexpected(made.error());
    return load_seed(file); // or somebody else was quicker: theirs is the key
}

// The announced key, as its file has it; nothing where there is none.
Result<std::optional<PublicKey>> announced_key(const std::filesystem::path& file) {
    const auto next = load_seed(next_key_file(file));
    if (!next && next.error().reason == Reason::key_missing)
        return std::optional<PublicKey>();
    if (!next)
        return std::unexpected(next.error());
    return public_key_of(*next);
}

} // namespace

struct SigningKey::Impl {
    SecretBytes seed;
    std::string key_id, jwk_set, all_keys, replaced;

    std::string sign(std::string_view type, std::string_view text) const {
        std::string jws =
            to_base64url(json::serialize(json::object{{"alg", "EdDSA"}, {"typ", type}, {"kid", key_id}})) +
            '.' + to_base64url(text);
        const auto signature = sign_with_seed(seed, jws);
        if (!signature)
            throw std::bad_alloc(); // the one way signing with a sound key can fail
        return jws + '.' + to_base64url(ByteView(*signature));
    }
};

SigningKey::SigningKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

Result<SigningKey> SigningKey::load_or_create(const std::filesystem::path& file, bool began_before) {
    auto known = KnownKeys::load(known_keys_file(file));
    if (!known)
        return std::unexpected(known.error());
    auto seed = seed_of_device(file, *known, began_before);
    if (!seed)
        return std::unexpected(seed.error());
    const auto next = announced_key(file);
    if (!next)
        return std::unexpected(next.error());
    const PublicKey own = *public_key_of(*seed);
    const KnownKeys before = *known;
    const KnownKey* const met = before.find(own);
    known->now_signs(own);
    if (*next && **next != own)
        known->announce(**next);
    else
        known->withdraw_announced();
    if (*known != before) {
        if (auto saved = known->save(known_keys_file(file)); !saved)
            return std::unexpected(saved.error());
    }
    auto impl = std::make_shared<Impl>();
    impl->key_id = thumbprint(own);
    impl->jwk_set = known->jwk_set();
    impl->all_keys = known->jwk_set_with_retired();
    if (met == nullptr && !before.empty())
        impl->replaced = "the signing key is another one than before, and was not announced: " + impl->key_id;
    impl->seed = std::move(*seed);
    return SigningKey(std::move(impl));
}

std::string SigningKey::sign(const Claims& claims) const {
    return impl_->sign(result_type, to_json(claims));
}
std::string SigningKey::sign(std::string_view type, std::string_view text) const {
    return impl_->sign(type, text);
}

const std::string& SigningKey::key_id() const noexcept {
    return impl_->key_id;
}
const std::string& SigningKey::jwk_set() const noexcept {
    return impl_->jwk_set;
}
const std::string& SigningKey::all_keys() const noexcept {
    return impl_->all_keys;
}
const std::string& SigningKey::replaced() const noexcept {
    return impl_->replaced;
}

} // namespace kaomon::result
