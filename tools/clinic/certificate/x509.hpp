// OpenSSL's certificate into ours.
#pragma once

#include "tools/clinic/certificate/certificate.hpp"

struct x509_st; // OpenSSL

namespace kaomon::certificate {

// Word: certificate_unreadable (times that cannot be). Reentrant.
Outcome<Certificate> describe(x509_st& certificate);
Outcome<Certificate> describe_der(ByteView der);
std::unexpected<Trouble> unreadable(const std::string& ja, const std::string& en);

} // namespace kaomon::certificate
