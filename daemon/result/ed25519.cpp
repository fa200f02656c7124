#include "daemon/result/ed25519.hpp"

#include "daemon/result/base64url.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

namespace kaomon::result {
namespace {

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

constexpr std::size_t seed_bytes = 32;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

} // namespace

void FreeKey::operator()(EVP_PKEY* key) const noexcept {
    EVP_PKEY_free(key);
}

KeyHandle make_key() {
    return KeyHandle(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
}

KeyHandle key_from_seed(ByteView seed) {
    return KeyHandle(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
}

std::optional<PublicKey> public_key(const EVP_PKEY* key) {
    PublicKey raw;
    std::size_t size = raw.size();
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_ED25519)
        return std::nullopt;
    if (EVP_PKEY_get_raw_public_key(key, raw.data(), &size) != 1 || size != raw.size())
        return std::nullopt;
    return raw;
}

SecretBytes make_seed() {
    SecretBytes seed(seed_bytes);
    if (RAND_priv_bytes(seed.data(), static_cast<int>(seed.size())) != 1)
        seed.clear();
    return seed;
}

std::optional<PublicKey> public_key_of(ByteView seed) {
    const KeyHandle key = key_from_seed(seed);
    return key ? public_key(key.get()) : std::nullopt;
}

std::optional<Signature> sign_with_seed(ByteView seed, std::string_view message) {
    const KeyHandle key = key_from_seed(seed);
    return key ? sign(key.get(), message) : std::nullopt;
}

std::optional<Signature> sign(EVP_PKEY* key, std::string_view message) {
    const Context context(EVP_MD_CTX_new());
    Signature signature;
    std::size_t size = signature.size();
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &size, bytes_of(message), message.size()) != 1 ||
        size != signature.size())
        return std::nullopt;
    return signature;
}

bool verify(const PublicKey& key, std::string_view message, ByteView signature) {
    const KeyHandle handle(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
    const Context context(EVP_MD_CTX_new());
    return handle && context &&
           EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, handle.get()) == 1 &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(), bytes_of(message),
                            message.size()) == 1;
}

std::string thumbprint(const PublicKey& key) {
    const std::string members =
        R"({"crv":"Ed25519","kty":"OKP","x":")" + to_base64url(ByteView(key)) + R"("})";
    std::array<std::uint8_t, 32> digest{};
    std::size_t size = 0;
    EVP_Q_digest(nullptr, "SHA256", nullptr, members.data(), members.size(), digest.data(), &size);
    return to_base64url(ByteView(digest));
}

} // namespace kaomon::result
