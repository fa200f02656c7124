// The X.509 certificates of the simulated JPKI application.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/card/simulated/key.hpp"

#include <string>
#include <string_view>

namespace kaomon::card::simulated {

// One certificate as DER, signed with SHA-256. C=JP, O=KAOMON-SIMULATED, OU and CN as
// given.
struct CertificateRequest {
    std::string_view unit;        // OU
    std::string_view common_name; // CN, at most 64 bytes
    std::uint64_t serial = 1;
    Date not_before, not_after; // midnight UTC
    bool authority = false;     // basicConstraints CA, keyCertSign
};
struct Signer {
    const CardKey& key;
    ByteView certificate; // DER; empty: self-signed
};
// Reason: internal_error.
Result<SecretBytes> make_certificate(const CertificateRequest& request, const CardKey& subject,
                                     const Signer& signer);
std::string to_pem(ByteView certificate);

} // namespace kaomon::card::simulated
