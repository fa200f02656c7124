#include "drivers/card/simulated/jpki.hpp"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>

namespace kaomon::card::simulated {
namespace {

template<class T, void (*release)(T*)>
struct Release {
    void operator()(T* owned) const noexcept { release(owned); }
};
using Certificate = std::unique_ptr<X509, Release<X509, X509_free>>;

Certificate read_certificate(ByteView der) {
    const unsigned char* at = der.data();
    return Certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

bool add_name(X509_NAME* name, const char* field, std::string_view value) {
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(value.data()),
                                      static_cast<int>(value.size()), -1, 0) == 1;
}

bool set_time(ASN1_TIME* time, Date date) {
    return ASN1_TIME_set(time, std::chrono::sys_days(date).time_since_epoch() / std::chrono::seconds(1)) !=
           nullptr;
}

bool add_extension(X509* certificate, X509* issuer, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION, X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

} // namespace

Result<SecretBytes> make_certificate(const CertificateRequest& request, const CardKey& subject,
                                     const Signer& signer) {
    const auto failed = [] { return fail(Reason::internal_error, "X.509 certificate could not be made"); };
    const Certificate certificate(X509_new());
    Certificate issuer;
    if (!signer.certificate.empty()) {
        issuer = read_certificate(signer.certificate);
        if (!issuer)
            return failed();
    }
    X509* const from = issuer ? issuer.get() : certificate.get();
    X509_NAME* const name = certificate ? X509_get_subject_name(certificate.get()) : nullptr;
    if (name == nullptr || X509_set_version(certificate.get(), X509_VERSION_3) != 1 ||
        ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), request.serial) != 1 ||
        !set_time(X509_getm_notBefore(certificate.get()), request.not_before) ||
        !set_time(X509_getm_notAfter(certificate.get()), request.not_after) || !add_name(name, "C", "JP") ||
        !add_name(name, "O", "KAOMON-SIMULATED") || !add_name(name, "OU", request.unit) ||
        !add_name(name, "CN", request.common_name) ||
        X509_set_issuer_name(certificate.get(), X509_get_subject_name(from)) != 1 ||
        X509_set_pubkey(certificate.get(), subject.get()) != 1) {
        return failed();
    }
    const bool extended =
        add_extension(certificate.get(), from, NID_basic_constraints,
                      request.authority ? "critical,CA:TRUE" : "critical,CA:FALSE") &&
        add_extension(certificate.get(), from, NID_key_usage,
                      request.authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature") &&
        add_extension(certificate.get(), from, NID_subject_key_identifier, "hash") &&
        add_extension(certificate.get(), from, NID_authority_key_identifier, "keyid:always");
    if (!extended)
        return failed();
    const int signature = X509_sign(certificate.get(), signer.key.get(), EVP_sha256());
    unsigned char* der = nullptr;
    const int size = signature > 0 ? i2d_X509(certificate.get(), &der) : 0;
    if (size <= 0)
        return failed();
    SecretBytes bytes(der, der + size);
    OPENSSL_free(der);
    return bytes;
}

std::string to_pem(ByteView certificate) {
    const Certificate read = read_certificate(certificate);
    const std::unique_ptr<BIO, Release<BIO, BIO_free_all>> memory(BIO_new(BIO_s_mem()));
    char* text = nullptr;
    if (!read || !memory || PEM_write_bio_X509(memory.get(), read.get()) != 1)
        return {};
    const long size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

} // namespace kaomon::card::simulated
