#include "drivers/card/mynumber/rsa.hpp"

#include "drivers/card/mynumber/digest.hpp"
#include "drivers/card/mynumber/openssl_handles.hpp"
#include "drivers/card/tlv.hpp"

#include <openssl/err.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>

namespace kaomon::card::mynumber {
namespace {

NumberHandle number_from(ByteView bytes) {
    return NumberHandle(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

// Null where what was pushed is no public key.
KeyHandle key_from(OSSL_PARAM_BLD* builder) {
    const ParametersHandle parameters(OSSL_PARAM_BLD_to_param(builder));
    const ContextHandle context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* made = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
        return {};
    }
    return KeyHandle(made);
}

KeyHandle public_key(const RsaKey& key) {
    const NumberHandle modulus = number_from(key.modulus);
    const NumberHandle exponent = number_from(key.exponent);
    const BuilderHandle builder(OSSL_PARAM_BLD_new());
    if (!modulus || !exponent || !builder ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1) {
        return {};
    }
    return key_from(builder.get());
}

} // namespace

Result<RsaKey> RsaKey::read(ByteView bytes) {
    const auto list = read_tlv_list(bytes);
    if (!list)
        return std::unexpected(list.error());
    const auto exponent = find_tlv(*list, 0x90);
    const auto modulus = find_tlv(*list, 0x91);
    if (!exponent || !modulus)
        return fail(Reason::card_data_malformed, "public key without modulus or exponent");
    const RsaKey key{modulus->value, exponent->value};
    if (!key.usable())
        return fail(Reason::card_data_malformed, "public key of a size that is not used");
    return key;
}

bool RsaKey::usable() const noexcept {
    return modulus.size() >= 256 && modulus.size() <= 512 && modulus[0] >= 0x80 &&
           (modulus.back() & 1) == 1 && !exponent.empty() && exponent.size() <= 8 &&
           (exponent.back() & 1) == 1 && (exponent.size() > 1 || exponent[0] > 1);
}

bool RsaKey::verifies(ByteView signature, ByteView block) const {
    if (!usable() || signature.size() != modulus.size())
        return false;
    const KeyHandle key = public_key(*this);
    const ContextHandle context(key ? EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr) : nullptr);
    std::array<std::uint8_t, 512> opened{};
    std::size_t size = opened.size();
    const bool good =
        context && EVP_PKEY_verify_recover_init(context.get()) == 1 &&
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
        EVP_PKEY_verify_recover(context.get(), opened.data(), &size, signature.data(), signature.size()) == 1;
    ERR_clear_error(); // a signature that does not open is no news to the next user of this thread's queue
    return good && std::ranges::equal(ByteView(opened.data(), size), block);
}

bool RsaKey::verifies_message(ByteView signature, std::initializer_list<ByteView> segments) const {
    return verifies(signature, digest_info(sha256(segments)));
}

} // namespace kaomon::card::mynumber
