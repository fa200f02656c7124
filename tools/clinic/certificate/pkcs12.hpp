// PKCS#12 (RFC 7292), as OpenSSL and Windows of twenty years write it.
#pragma once

#include "tools/clinic/certificate/certificate.hpp"

namespace kaomon::certificate {

// Whether the bytes have the outer shape of one. Reentrant.
bool is_pkcs12(ByteView file);

// The certificates in it, the key's own first. What was found out decides the word: password_needed;
// password_wrong only where its own checksum (MAC) says so, or where it has none; cipher_unsupported where
// the password is right and this OpenSSL cannot do the cipher or the checksum; certificate_unreadable.
Outcome<std::vector<Certificate>> read_pkcs12(ByteView file, const std::optional<SecretText>& password);

} // namespace kaomon::certificate
