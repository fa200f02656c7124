// OpenSSL's handles of keys, owned. For the .cpp files of this folder and of the simulated card's.
#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <memory>

namespace kaomon::card::mynumber {

template<auto release>
struct Free {
    template<class T>
    void operator()(T* handle) const noexcept {
        release(handle);
    }
};
using NumberHandle = std::unique_ptr<BIGNUM, Free<&BN_free>>;
using ContextHandle = std::unique_ptr<EVP_PKEY_CTX, Free<&EVP_PKEY_CTX_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, Free<&EVP_PKEY_free>>;
using BuilderHandle = std::unique_ptr<OSSL_PARAM_BLD, Free<&OSSL_PARAM_BLD_free>>;
using ParametersHandle = std::unique_ptr<OSSL_PARAM, Free<&OSSL_PARAM_free>>;
using SignatureHandle = std::unique_ptr<ECDSA_SIG, Free<&ECDSA_SIG_free>>;

// A public key of that type out of what was pushed; null where it is none.
inline KeyHandle key_from(const char* type, OSSL_PARAM_BLD* builder) {
    const ParametersHandle parameters(OSSL_PARAM_BLD_to_param(builder));
    const ContextHandle context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* made = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
        return {};
    }
    return KeyHandle(made);
}

} // namespace kaomon::card::mynumber
