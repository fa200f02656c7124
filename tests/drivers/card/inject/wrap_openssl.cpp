// Every call of OpenSSL that the driver makes and that can fail; CMakeLists.txt has the linker put these in
// their place.
#include "tests/drivers/inject/inject.hpp"

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

using kaomon::test::inject::fails;

// WRAP(what it returns, its name, its parameters, the arguments handed on, what it returns when it fails)
#define WRAP(Result, name, parameters, arguments, failure)                                                   \
    extern "C" Result __real_##name parameters;                                                              \
    extern "C" Result __wrap_##name parameters;                                                              \
    Result __wrap_##name parameters {                                                                        \
        return fails(#name) ? (failure) : __real_##name arguments;                                           \
    }

WRAP(BIGNUM*, BN_bin2bn, (const unsigned char* s, int n, BIGNUM* to), (s, n, to), nullptr)
WRAP(BIO*, BIO_new_mem_buf, (const void* from, int n), (from, n), nullptr)
WRAP(EVP_MD_CTX*, EVP_MD_CTX_new, (void), (), nullptr)
WRAP(int, EVP_DigestInit_ex, (EVP_MD_CTX * c, const EVP_MD* d, ENGINE* e), (c, d, e), 0)
WRAP(int, EVP_DigestUpdate, (EVP_MD_CTX * c, const void* d, size_t n), (c, d, n), 0)
WRAP(int, EVP_DigestFinal_ex, (EVP_MD_CTX * c, unsigned char* d, unsigned int* n), (c, d, n), 0)
WRAP(EVP_PKEY_CTX*, EVP_PKEY_CTX_new_from_name, (OSSL_LIB_CTX * l, const char* n, const char* q), (l, n, q),
     nullptr)
WRAP(EVP_PKEY_CTX*, EVP_PKEY_CTX_new_from_pkey, (OSSL_LIB_CTX * l, EVP_PKEY* k, const char* q), (l, k, q),
     nullptr)
WRAP(int, EVP_PKEY_CTX_set_rsa_padding, (EVP_PKEY_CTX * c, int p), (c, p), 0)
WRAP(int, EVP_PKEY_CTX_set_signature_md, (EVP_PKEY_CTX * c, const EVP_MD* d), (c, d), 0)
WRAP(int, EVP_PKEY_fromdata_init, (EVP_PKEY_CTX * c), (c), 0)
WRAP(int, EVP_PKEY_fromdata, (EVP_PKEY_CTX * c, EVP_PKEY** k, int s, OSSL_PARAM* p), (c, k, s, p), 0)
WRAP(int, EVP_PKEY_verify_init, (EVP_PKEY_CTX * c), (c), 0)
WRAP(int, EVP_PKEY_verify,
     (EVP_PKEY_CTX * c, const unsigned char* s, size_t n, const unsigned char* t, size_t m), (c, s, n, t, m),
     -1)
WRAP(int, EVP_PKEY_verify_recover_init, (EVP_PKEY_CTX * c), (c), 0)
WRAP(int, EVP_PKEY_verify_recover,
     (EVP_PKEY_CTX * c, unsigned char* r, size_t* n, const unsigned char* s, size_t m), (c, r, n, s, m), -1)
WRAP(OSSL_PARAM_BLD*, OSSL_PARAM_BLD_new, (void), (), nullptr)
WRAP(int, OSSL_PARAM_BLD_push_BN, (OSSL_PARAM_BLD * b, const char* k, const BIGNUM* n), (b, k, n), 0)
WRAP(OSSL_PARAM*, OSSL_PARAM_BLD_to_param, (OSSL_PARAM_BLD * b), (b), nullptr)
WRAP(X509*, PEM_read_bio_X509, (BIO * b, X509** x, pem_password_cb* c, void* u), (b, x, c, u), nullptr)
WRAP(int, RAND_bytes, (unsigned char* to, int n), (to, n), 0)
WRAP(X509*, d2i_X509, (X509 * *x, const unsigned char** d, long n), (x, d, n), nullptr)
WRAP(X509_STORE*, X509_STORE_new, (void), (), nullptr)
WRAP(int, X509_STORE_add_cert, (X509_STORE * s, X509* x), (s, x), 0)
WRAP(X509_STORE_CTX*, X509_STORE_CTX_new, (void), (), nullptr)
WRAP(int, X509_STORE_CTX_init, (X509_STORE_CTX * c, X509_STORE* s, X509* x, STACK_OF(X509) * u), (c, s, x, u),
     0)
WRAP(EVP_PKEY*, X509_get0_pubkey, (const X509* x), (x), nullptr)
WRAP(int, ASN1_TIME_to_tm, (const ASN1_TIME* t, struct tm* to), (t, to), 0)
WRAP(int, X509_verify_cert, (X509_STORE_CTX * c), (c), -1)
