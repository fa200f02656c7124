// X.509 certificates (RFC 5280) as the gateway makes them, through OpenSSL.
#pragma once

#include "daemon/gateway/peers.hpp"
#include "drivers/base/result.hpp"

#include <openssl/types.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kaomon::gateway {

struct FreeX509 {
    void operator()(X509* one) const noexcept;
    void operator()(EVP_PKEY* one) const noexcept; // wiped
};
using Certificate = std::unique_ptr<X509, FreeX509>;
using PrivateKey = std::unique_ptr<EVP_PKEY, FreeX509>;

// One of P-256; null where OpenSSL cannot.
PrivateKey make_p256_key();

struct CertificatePlan {
    std::string common_name; // UTF-8, at most 64 bytes
    Time from{}, until{};
    std::vector<std::pair<int, std::string>> extensions; // NID and what openssl.cnf(5) would have
};
// Null where OpenSSL cannot. Its serial is 16 random bytes. `issuer`: nullptr, itself.
Certificate make_certificate(const CertificatePlan& plan, EVP_PKEY* subject_key, X509* issuer,
                             EVP_PKEY* issuer_key);

std::string pem_of(X509* certificate);
std::string pem_of(EVP_PKEY* key);                  // PKCS#8, not encrypted: to be wiped
Certificate certificate_from(std::string_view pem); // null: none
PrivateKey key_from(std::string_view pem);

// The public key of a certificate request (PKCS#10, PEM) whose own signature holds, if it is one that is
// signed here: P-256, P-384, Ed25519, RSA of 2048 to 4096 bits. What else the request wants is not looked at.
PrivateKey key_of_request(std::string_view pem);

// Certificate, its key and the authority for Windows' certificate store, in base64; empty where OpenSSL
// cannot.
std::string pkcs12_of(const std::string& password, const std::string& name, EVP_PKEY* key, X509* certificate,
                      X509* authority);

std::string serial_of(const X509* certificate); // 32 hexadecimal characters
std::string sha256_of(const X509* certificate); // 64, of the DER
Time end_of(const X509* certificate);
// Its names (subjectAltName) are these and no others.
bool has_names(X509* certificate, const std::vector<std::string>& names);

} // namespace kaomon::gateway
