#include "drivers/card/simulated/key.hpp"

#include "drivers/card/mynumber/digest.hpp"
#include "drivers/card/mynumber/openssl_handles.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>

namespace kaomon::card::simulated {
namespace {

constexpr std::size_t largest_block = modulus_size - 11; // PKCS#1 v1.5 needs 11 bytes of padding

} // namespace

CardKey::CardKey(evp_pkey_st* key) : key_(key, EVP_PKEY_free) {}

std::optional<CardKey> CardKey::from_pkcs8(ByteView der) {
    const unsigned char* at = der.data();
    EVP_PKEY* key = d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size()));
    if (key == nullptr)
        return std::nullopt;
    CardKey found(key);
    const bool rsa = EVP_PKEY_is_a(key, "RSA") == 1 && EVP_PKEY_get_size(key) == modulus_size;
    return rsa ? std::optional(found) : std::nullopt;
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

Bytes CardKey::public_object() const {
    Bytes object{0x90, 0x03, 0x01, 0x00, 0x01, 0x91, 0x82, 0x01, 0x00};
    const Bytes number = modulus();
    object.insert(object.end(), number.begin(), number.end());
    return object;
}

std::optional<Bytes> CardKey::sign_block(ByteView block) const {
    if (block.empty() || block.size() > largest_block)
        return std::nullopt;
    const mynumber::ContextHandle context(EVP_PKEY_CTX_new(key_.get(), nullptr));
    Bytes signature(modulus_size);
    std::size_t size = signature.size();
    if (!context || EVP_PKEY_sign_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_sign(context.get(), signature.data(), &size, block.data(), block.size()) != 1) {
        return std::nullopt;
    }
    return signature;
}

Bytes CardKey::sign(ByteView message) const {
    return sign_block(mynumber::digest_info(mynumber::sha256({message}))).value_or(Bytes());
}

} // namespace kaomon::card::simulated
