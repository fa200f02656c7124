#include "drivers/card/mynumber/sign_in_trust.hpp"

#include "drivers/card/mynumber/openssl_handles.hpp"
#include "drivers/card/mynumber/trust_folder.hpp"
#include "drivers/card/mynumber/x509.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <limits>
#include <new>

namespace kaomon::card::mynumber {
namespace {

constexpr int longest_chain = 4;  // certificates between the card's and the root; JPKI has none
constexpr int security_level = 2; // of OpenSSL: RSA from 2048 bits, no SHA-1
constexpr std::size_t most_authorities = 64;

using MemoryHandle = std::unique_ptr<BIO, Free<&BIO_free_all>>;
using StoreContextHandle = std::unique_ptr<X509_STORE_CTX, Free<&X509_STORE_CTX_free>>;

SignInFinding finding_of(int error, int depth) {
    switch (error) {
    case X509_V_OK:
        return {Check::valid, {}};
    case X509_V_ERR_CERT_HAS_EXPIRED: // an authority that has ended issues nothing any more: as if we had it
                                      // not
        return {Check::not_checked,
                depth == 0 ? Reason::sign_in_certificate_expired : Reason::signer_unknown};
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return {Check::not_checked, Reason::clock_invalid};
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return {Check::not_checked, Reason::signer_unknown};
    default:
        return {Check::invalid, Reason::sign_in_certificate_invalid};
    }
}

// An end entity's key that may sign (RFC 5280, 4.2.1.3).
bool may_sign(X509* certificate) {
    const auto flags = X509_get_extension_flags(certificate);
    return (flags & EXFLAG_INVALID) == 0 && (flags & EXFLAG_CA) == 0 && (flags & EXFLAG_KUSAGE) != 0 &&
           (X509_get_key_usage(certificate) & KU_DIGITAL_SIGNATURE) != 0;
}

} // namespace

SignInTrust::SignInTrust() : store_(X509_STORE_new(), &X509_STORE_free) {
    if (!store_)
        throw std::bad_alloc();
}

Result<SignInTrust> SignInTrust::load(const std::filesystem::path& folder) {
    const auto files = trust_files(folder, ".pem");
    if (!files)
        return std::unexpected(files.error());
    SignInTrust trust;
    for (const auto& [name, text] : *files) {
        if (auto added = trust.add(text, name); !added)
            return std::unexpected(std::move(added.error()));
    }
    return trust;
}

Result<void> SignInTrust::add(std::string_view pem, std::string_view name) {
    const auto invalid = [&](std::string_view what) {
        ERR_clear_error();
        return fail(Reason::trust_store_invalid, std::string(name) + ": " + std::string(what));
    };
    const MemoryHandle memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    std::size_t found = 0;
    while (const X509Handle authority{PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr)}) {
        if (X509_check_ca(authority.get()) != 1)
            return invalid("holds a certificate that is no authority's");
        if (++size_ > most_authorities)
            return invalid("too many authorities");
        if (X509_STORE_add_cert(store_.get(), authority.get()) != 1)
            return invalid("a certificate cannot be taken in");
        if (std::tm end{}; ASN1_TIME_to_tm(X509_get0_notAfter(authority.get()), &end) == 1)
            first_end_ = std::min(first_end_.value_or(std::numeric_limits<std::int64_t>::max()),
                                  std::int64_t{timegm(&end)});
        ++found;
    }
    const auto last = ERR_GET_REASON(ERR_peek_last_error());
    if (found == 0 || last != PEM_R_NO_START_LINE)
        return invalid("is no list of PEM certificates");
    ERR_clear_error();
    return {};
}

SignInFinding SignInTrust::check(ByteView der, std::int64_t now) const {
    if (der.empty())
        return {Check::not_checked, Reason::sign_in_certificate_missing};
    const X509Handle certificate = read_x509(der);
    if (!certificate || !may_sign(certificate.get()))
        return {Check::invalid, Reason::sign_in_certificate_invalid};
    const StoreContextHandle context(X509_STORE_CTX_new());
    if (!context || X509_STORE_CTX_init(context.get(), store_.get(), certificate.get(), nullptr) != 1)
        throw std::bad_alloc();
    X509_VERIFY_PARAM* const rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(rules, static_cast<time_t>(now));
    X509_VERIFY_PARAM_set_depth(rules, longest_chain);
    X509_VERIFY_PARAM_set_auth_level(rules, security_level);
    const bool verified = X509_verify_cert(context.get()) == 1;
    const int error = X509_STORE_CTX_get_error(context.get());
    ERR_clear_error();
    if (!verified &&
        (error == X509_V_OK || error == X509_V_ERR_OUT_OF_MEM || error == X509_V_ERR_UNSPECIFIED))
        throw std::bad_alloc(); // it could not be verified at all: that says nothing about the card
    return finding_of(error, X509_STORE_CTX_get_error_depth(context.get()));
}

} // namespace kaomon::card::mynumber
