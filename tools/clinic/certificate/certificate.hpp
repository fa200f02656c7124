// A device certificate as far as a clinic's office needs it: what it is for, from when until when. Private
// keys are not looked at, and nothing of the holder beyond the names in the certificate is kept.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/secret.hpp"
#include "tools/words/day.hpp"
#include "tools/words/trouble.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::certificate {

struct Certificate {
    std::string subject, issuer;    // RFC 2253
    std::string serial;             // hexadecimal
    std::string sha256;             // fingerprint, hexadecimal
    Date not_before{}, not_after{}; // in Japan
    bool is_ca = false;
    bool client = false, server = false; // extended key usage, or none said and digital signature
    bool has_key = false;                // the file holds its private key
    Text purpose;                        // in everyday words
    bool other_use = false;              // a use is written there, and it is not that of a client
    bool use_unreadable = false;         // something is written there that cannot be read
};

inline constexpr std::size_t largest_file = 1U << 20U; // bytes
inline constexpr std::size_t most_certificates = 32;

// PEM, DER or PKCS#12, told by the contents; those of a chain in the file's order, a key's own certificate
// first. Words: certificate_unreadable, and those of read_pkcs12().
Outcome<std::vector<Certificate>> read(ByteView file, const std::optional<SecretText>& password);
Outcome<std::vector<Certificate>> read_file(const std::filesystem::path& file,
                                            const std::optional<SecretText>& password);
// The certificates of a token ("pkcs11:token=…"); without a login. `module`: a PKCS#11 library; empty: those
// p11-kit knows. Words: token_unreadable, no_certificate.
Outcome<std::vector<Certificate>> read_token(const std::string& uri, const std::string& module);

} // namespace kaomon::certificate
