// OpenSSL's handles of keys, owned. For the .cpp files of this folder and of the simulated card's.
#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
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

} // namespace kaomon::card::mynumber
