// X.509 certificates as OpenSSL reads them; for this folder only.
#pragma once

#include "drivers/base/bytes.hpp"

#include <openssl/x509.h>

#include <memory>

namespace kaomon::card::mynumber {

struct FreeX509 {
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
};
using X509Handle = std::unique_ptr<X509, FreeX509>;

// Null where the bytes are no certificate. OpenSSL's error queue is left empty. Reentrant.
X509Handle read_x509(ByteView der);

} // namespace kaomon::card::mynumber
