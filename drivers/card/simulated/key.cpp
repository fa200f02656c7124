#include "drivers/card/simulated/key.hpp"

#include "drivers/card/mynumber/digest.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>

namespace kaomon::card::simulated {
namespace {

constexpr std::size_t modulus_size = 256;                // bytes
constexpr std::size_t largest_block = modulus_size - 11; // PKCS#1 v1.5 needs 11 bytes of padding
constexpr std::size_t half = 48;                         // bytes of r, s, a coordinate and a digest of P-384

using Context = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;

std::optional<Bytes> pad_and_sign(EVP_PKEY* key, ByteView block) {
    if (block.empty() || block.size() > largest_block)
        return std::nullopt;
    const Context context(EVP_PKEY_CTX_new(key, nullptr), EVP_PKEY_CTX_free);
    Bytes signature(modulus_size);
    std::size_t size = signature.size();
    if (!context || EVP_PKEY_sign_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_sign(context.get(), signature.data(), &size, block.data(), block.size()) != 1) {
        return std::nullopt;
    }
    return signature;
}

// r and s, each filled up to 48 bytes.
std::optional<Bytes> sign_digest(EVP_PKEY* key, ByteView digest) {
    if (digest.size() != half)
        return std::nullopt;
    const Context context(EVP_PKEY_CTX_new(key, nullptr), EVP_PKEY_CTX_free);
    Bytes der(128); // more than an ECDSA-Sig-Value of P-384 takes
    std::size_t size = der.size();
    if (!context || EVP_PKEY_sign_init(context.get()) != 1 ||
        EVP_PKEY_sign(context.get(), der.data(), &size, digest.data(), digest.size()) != 1) {
        return std::nullopt;
    }
    const unsigned char* at = der.data();
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> signature(
        d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)), ECDSA_SIG_free);
    Bytes plain(2 * half);
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), plain.data(), half) < 0 ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), plain.data() + half, half) < 0) {
        return std::nullopt;
    }
    return plain;
}

} // namespace

CardKey::CardKey(evp_pkey_st* key) : key_(key, EVP_PKEY_free) {}

Result<CardKey> CardKey::generate(KeyKind kind) {
    EVP_PKEY* key = kind == KeyKind::rsa ? EVP_RSA_gen(modulus_size * 8) : EVP_EC_gen("P-384");
    if (key == nullptr)
        return fail(Reason::internal_error, "key generation failed");
    return CardKey(key);
}

std::optional<CardKey> CardKey::from_pkcs8(ByteView der) {
    const unsigned char* at = der.data();
    EVP_PKEY* key = d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size()));
    if (key == nullptr)
        return std::nullopt;
    CardKey found(key);
    const bool rsa = EVP_PKEY_is_a(key, "RSA") == 1 && EVP_PKEY_get_size(key) == modulus_size;
    const bool ec = EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_bits(key) == static_cast<int>(8 * half);
    return rsa || ec ? std::optional(found) : std::nullopt;
}

SecretBytes CardKey::to_pkcs8() const {
    PKCS8_PRIV_KEY_INFO* info = EVP_PKEY2PKCS8(key_.get());
    unsigned char* der = nullptr;
    const int size = i2d_PKCS8_PRIV_KEY_INFO(info, &der);
    SecretBytes bytes(der, der + std::max(size, 0));
    OPENSSL_clear_free(der, bytes.size());
    PKCS8_PRIV_KEY_INFO_free(info);
    return bytes;
}

KeyKind CardKey::kind() const noexcept {
    return EVP_PKEY_is_a(key_.get(), "EC") == 1 ? KeyKind::p384 : KeyKind::rsa;
}

Bytes CardKey::modulus() const {
    BIGNUM* number = nullptr;
    Bytes bytes;
    if (EVP_PKEY_get_bn_param(key_.get(), OSSL_PKEY_PARAM_RSA_N, &number) == 1) {
        bytes.resize(modulus_size);
        BN_bn2binpad(number, bytes.data(), static_cast<int>(bytes.size()));
    }
    BN_free(number);
    return bytes;
}

Bytes CardKey::point() const {
    Bytes bytes(1 + 2 * half);
    std::size_t size = 0;
    if (kind() != KeyKind::p384 || EVP_PKEY_get_octet_string_param(key_.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                                                   bytes.data(), bytes.size(), &size) != 1)
        return {};
    bytes.resize(size);
    return bytes;
}

Bytes CardKey::public_object() const {
    const bool rsa = kind() == KeyKind::rsa;
    Bytes object = rsa ? Bytes{0x90, 0x03, 0x01, 0x00, 0x01, 0x91, 0x82, 0x01, 0x00} : Bytes{0x86, 0x61};
    const Bytes number = rsa ? modulus() : point();
    object.insert(object.end(), number.begin(), number.end());
    return object;
}

std::optional<Bytes> CardKey::sign_block(ByteView block) const {
    return kind() == KeyKind::rsa ? pad_and_sign(key_.get(), block) : sign_digest(key_.get(), block);
}

Bytes CardKey::sign(ByteView message) const {
    return sign_block(mynumber::block_of(scheme(), mynumber::digest_of(scheme().hash, {message})))
        .value_or(Bytes());
}

} // namespace kaomon::card::simulated
