#include "drivers/card/mynumber/rsa.hpp"

#include "drivers/card/tlv.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <memory>
#include <new>

namespace kaomon::card::mynumber {
namespace {

template<auto release>
struct Free {
    template<class T>
    void operator()(T* handle) const noexcept {
        release(handle);
    }
};
using Number = std::unique_ptr<BIGNUM, Free<&BN_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Free<&EVP_PKEY_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<&EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<&EVP_MD_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Free<&OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Free<&OSSL_PARAM_free>>;

Number number_from(ByteView bytes) {
    return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

Key public_key(const RsaKey& key) {
    const Number modulus = number_from(key.modulus);
    const Number exponent = number_from(key.exponent);
    const Builder builder(OSSL_PARAM_BLD_new());
    if (!modulus || !exponent || !builder ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1) {
        return {};
    }
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const Context context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* made = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
        return {};
    }
    return Key(made);
}

} // namespace

Digest sha256(std::initializer_list<ByteView> segments) {
    Digest digest{};
    const DigestContext context(EVP_MD_CTX_new());
    bool good = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
    for (const ByteView segment : segments) {
        good = good && EVP_DigestUpdate(context.get(), segment.data(), segment.size()) == 1;
    }
    if (!good || EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) != 1)
        throw std::bad_alloc();
    return digest;
}

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

bool RsaKey::verifies(ByteView signature, ByteView digest_info) const {
    if (!usable() || signature.size() != modulus.size())
        return false;
    const Key key = public_key(*this);
    const Context context(key ? EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr) : nullptr);
    std::array<std::uint8_t, 512> opened{};
    std::size_t size = opened.size();
    const bool good =
        context && EVP_PKEY_verify_recover_init(context.get()) == 1 &&
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
        EVP_PKEY_verify_recover(context.get(), opened.data(), &size, signature.data(), signature.size()) == 1;
    ERR_clear_error(); // a signature that does not open is no news to the next user of this thread's queue
    return good && std::ranges::equal(ByteView(opened.data(), size), digest_info);
}

SecretBytes digest_info(const Digest& digest) {
    SecretBytes info{0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                     0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
    info.insert(info.end(), digest.begin(), digest.end());
    return info;
}

SecretBytes digest_info(const Digest& first, const Digest& second, const Digest& third) {
    SecretBytes info{0x30, 0x71, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                     0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x60};
    for (const Digest* digest : {&first, &second, &third})
        info.insert(info.end(), digest->begin(), digest->end());
    return info;
}

} // namespace kaomon::card::mynumber
