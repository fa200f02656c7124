#include "drivers/card/mynumber/ec.hpp"

#include "drivers/card/mynumber/openssl_handles.hpp"
#include "drivers/card/tlv.hpp"

#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>

namespace kaomon::card::mynumber {
namespace {

constexpr std::size_t point_size = 97;     // bytes
constexpr std::size_t signature_size = 96; // bytes
constexpr std::size_t digest_size = 48;    // bytes

// Null for a point that is not on the curve.
KeyHandle public_key(ByteView point) {
    const BuilderHandle builder(OSSL_PARAM_BLD_new());
    if (!builder ||
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-384", 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                         point.size()) != 1) {
        return {};
    }
    return key_from("EC", builder.get());
}

} // namespace

Result<EcKey> EcKey::read(ByteView bytes) {
    const auto object = read_tlv(bytes);
    if (!object)
        return std::unexpected(object.error());
    const EcKey key{object->value};
    if (object->tag != 0x86 || !key.usable())
        return fail(Reason::card_data_malformed, "public key that is no point of P-384");
    return key;
}

bool EcKey::usable() const noexcept {
    if (point.size() != point_size || point[0] != 0x04)
        return false;
    const bool on_curve = public_key(point) != nullptr;
    ERR_clear_error();
    return on_curve;
}

bool EcKey::verifies(ByteView signature, ByteView digest) const {
    const Bytes der = ecdsa_der(signature);
    if (der.empty() || digest.size() != digest_size || point.size() != point_size)
        return false;
    const KeyHandle key = public_key(point);
    const ContextHandle context(key ? EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr) : nullptr);
    const bool good =
        context && EVP_PKEY_verify_init(context.get()) == 1 &&
        EVP_PKEY_verify(context.get(), der.data(), der.size(), digest.data(), digest.size()) == 1;
    ERR_clear_error(); // a signature that does not verify is no news to the next user of this thread's queue
    return good;
}

Bytes ecdsa_der(ByteView plain) {
    if (plain.size() != signature_size)
        return {};
    const SignatureHandle signature(ECDSA_SIG_new());
    const int half = static_cast<int>(signature_size / 2);
    BIGNUM* const r = BN_bin2bn(plain.data(), half, nullptr);
    BIGNUM* const s = BN_bin2bn(plain.data() + half, half, nullptr);
    if (!signature || r == nullptr || s == nullptr || ECDSA_SIG_set0(signature.get(), r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return {};
    }
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &der);
    if (size <= 0)
        return {};
    Bytes bytes(der, der + size);
    OPENSSL_free(der);
    return bytes;
}

} // namespace kaomon::card::mynumber
