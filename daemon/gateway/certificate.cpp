#include "daemon/gateway/certificate.hpp"

#include "daemon/gateway/endpoint.hpp"
#include "drivers/base/bytes.hpp"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace kaomon::gateway {
namespace {

struct FreeOther {
    void operator()(BIO* one) const noexcept { BIO_free_all(one); }
    void operator()(X509_REQ* one) const noexcept { X509_REQ_free(one); }
    void operator()(BIGNUM* one) const noexcept { BN_free(one); }
    void operator()(ASN1_TIME* one) const noexcept { ASN1_TIME_free(one); }
    void operator()(X509_EXTENSION* one) const noexcept { X509_EXTENSION_free(one); }
    void operator()(PKCS12* one) const noexcept { PKCS12_free(one); }
    void operator()(GENERAL_NAMES* one) const noexcept { GENERAL_NAMES_free(one); }
    void operator()(STACK_OF(X509) * one) const noexcept { sk_X509_free(one); }
};
template<class T>
using Handle = std::unique_ptr<T, FreeOther>;

constexpr int serial_bytes = 16; // RFC 5280 4.1.2.2 allows 20
constexpr int pkcs12_rounds = 100'000;

Handle<BIO> reading(std::string_view text) {
    return Handle<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string text_of(BIO* memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return size <= 0 ? std::string() : std::string(data, static_cast<std::size_t>(size));
}

// No passphrase is ever asked for on a terminal.
int no_passphrase(char*, int, int, void*) {
    return 0;
}

bool set_serial(X509* certificate) {
    std::array<unsigned char, serial_bytes> bytes{};
    if (RAND_bytes(bytes.data(), serial_bytes) != 1)
        return false;
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7F) | 0x40); // positive, and always 16 bytes
    const Handle<BIGNUM> number(BN_bin2bn(bytes.data(), serial_bytes, nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_times(X509* certificate, const CertificatePlan& plan) {
    const Handle<ASN1_TIME> from(ASN1_TIME_set(nullptr, plan.from.time_since_epoch().count()));
    const Handle<ASN1_TIME> until(ASN1_TIME_set(nullptr, plan.until.time_since_epoch().count()));
    return from && until && X509_set1_notBefore(certificate, from.get()) == 1 &&
           X509_set1_notAfter(certificate, until.get()) == 1;
}

bool set_subject(X509* certificate, const std::string& common_name) {
    return X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(common_name.data()),
                                      static_cast<int>(common_name.size()), -1, 0) == 1;
}

bool add_extensions(X509* certificate, X509* issuer, const CertificatePlan& plan) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    return std::ranges::all_of(plan.extensions, [&](const auto& one) {
        const Handle<X509_EXTENSION> made(
            X509V3_EXT_conf_nid(nullptr, &context, one.first, one.second.c_str()));
        return made && X509_add_ext(certificate, made.get(), -1) == 1;
    });
}

bool is_signed_here(EVP_PKEY* key) {
    const int bits = EVP_PKEY_get_bits(key);
    if (EVP_PKEY_is_a(key, "RSA") == 1)
        return bits >= 2048 && bits <= 4096;
    if (EVP_PKEY_is_a(key, "ED25519") == 1)
        return true;
    std::array<char, 64> group{};
    return EVP_PKEY_is_a(key, "EC") == 1 &&
           EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1 &&
           (std::string_view(group.data()) == "prime256v1" || std::string_view(group.data()) == "secp384r1");
}

} // namespace

void FreeX509::operator()(X509* one) const noexcept {
    X509_free(one);
}
void FreeX509::operator()(EVP_PKEY* one) const noexcept {
    EVP_PKEY_free(one);
}

PrivateKey make_p256_key() {
    return PrivateKey(EVP_EC_gen("P-256"));
}

Certificate make_certificate(const CertificatePlan& plan, EVP_PKEY* subject_key, X509* issuer,
                             EVP_PKEY* issuer_key) {
    Certificate made(X509_new());
    X509* const signer = issuer == nullptr ? made.get() : issuer;
    if (!made || X509_set_version(made.get(), X509_VERSION_3) != 1 || !set_serial(made.get()) ||
        !set_times(made.get(), plan) || !set_subject(made.get(), plan.common_name) ||
        X509_set_issuer_name(made.get(), X509_get_subject_name(signer)) != 1 ||
        X509_set_pubkey(made.get(), subject_key) != 1 || !add_extensions(made.get(), signer, plan) ||
        X509_sign(made.get(), issuer_key, EVP_sha256()) == 0)
        return nullptr;
    return made;
}

std::string pem_of(X509* certificate) {
    const Handle<BIO> memory(BIO_new(BIO_s_mem()));
    return memory && PEM_write_bio_X509(memory.get(), certificate) == 1 ? text_of(memory.get())
                                                                        : std::string();
}

std::string pem_of(EVP_PKEY* key) {
    const Handle<BIO> memory(BIO_new(BIO_s_secmem()));
    return memory && PEM_write_bio_PKCS8PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr,
                                                   nullptr) == 1
               ? text_of(memory.get())
               : std::string();
}

Certificate certificate_from(std::string_view pem) {
    const auto memory = reading(pem);
    return Certificate(memory ? PEM_read_bio_X509(memory.get(), nullptr, no_passphrase, nullptr) : nullptr);
}

PrivateKey key_from(std::string_view pem) {
    const auto memory = reading(pem);
    return PrivateKey(memory ? PEM_read_bio_PrivateKey(memory.get(), nullptr, no_passphrase, nullptr)
                             : nullptr);
}

PrivateKey key_of_request(std::string_view pem) {
    const auto memory = reading(pem);
    const Handle<X509_REQ> request(
        memory ? PEM_read_bio_X509_REQ(memory.get(), nullptr, no_passphrase, nullptr) : nullptr);
    PrivateKey key(request ? X509_REQ_get_pubkey(request.get()) : nullptr);
    if (!key || !is_signed_here(key.get()) || X509_REQ_verify(request.get(), key.get()) != 1)
        return nullptr;
    return key;
}

std::string pkcs12_of(const std::string& password, const std::string& name, EVP_PKEY* key, X509* certificate,
                      X509* authority) {
    const Handle<STACK_OF(X509)> chain(sk_X509_new_null());
    if (!chain || sk_X509_push(chain.get(), authority) == 0)
        return {};
    const Handle<PKCS12> made(PKCS12_create(password.c_str(), name.c_str(), key, certificate, chain.get(),
                                            NID_aes_256_cbc, NID_aes_256_cbc, pkcs12_rounds, pkcs12_rounds,
                                            0));
    const Handle<BIO> memory(BIO_new(BIO_s_mem()));
    if (!made || !memory || i2d_PKCS12_bio(memory.get(), made.get()) != 1)
        return {};
    const std::string der = text_of(memory.get());
    std::string base64(4 * ((der.size() + 2) / 3) + 1, '\0'); // and a final zero
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(base64.data()),
                        reinterpret_cast<const unsigned char*>(der.data()), static_cast<int>(der.size()));
    base64.resize(static_cast<std::size_t>(size));
    return base64;
}

std::string serial_of(const X509* certificate) {
    const Handle<BIGNUM> number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
    std::array<unsigned char, serial_bytes> bytes{};
    if (!number || BN_bn2binpad(number.get(), bytes.data(), serial_bytes) != serial_bytes)
        return {}; // none of ours
    return to_hex(ByteView(bytes));
}

std::string sha256_of(const X509* certificate) {
    std::array<unsigned char, 32> digest{};
    unsigned int size = 0;
    if (X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1)
        return {};
    return to_hex(ByteView(digest));
}

Time end_of(const X509* certificate) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &parts) != 1)
        return {};
    return Time(std::chrono::seconds(timegm(&parts)));
}

bool has_names(X509* certificate, const std::vector<std::string>& names) {
    const Handle<GENERAL_NAMES> found(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    return found && static_cast<std::size_t>(sk_GENERAL_NAME_num(found.get())) == names.size() &&
           std::ranges::all_of(names, [&](const std::string& name) {
               return canonical_address(name).empty()
                          ? X509_check_host(certificate, name.data(), name.size(), 0, nullptr) == 1
                          : X509_check_ip_asc(certificate, name.c_str(), 0) == 1;
           });
}

} // namespace kaomon::gateway
