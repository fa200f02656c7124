// TLS as the LAN meets it.
#pragma once

#include "drivers/base/result.hpp"

#include <memory>
#include <optional>
#include <string>

namespace boost::asio::ssl {
class context;
}
struct ssl_st;

namespace kaomon::gateway {

class Authority;

// TLS 1.3; with `tls12` also 1.2, with forward secrecy and AEAD suites alone. A client certificate is asked
// for and, where one comes, must be the authority's. No session is resumed: whoever was revoked is seen at
// each connection. Reason: key_unreadable.
Result<std::shared_ptr<boost::asio::ssl::context>> tls_context(const Authority& authority, bool tls12);

// What a client showed in its handshake and is the authority's.
struct ShownCertificate {
    std::string serial, sha256; // hexadecimal
};
std::optional<ShownCertificate> certificate_of(const ssl_st* tls);

} // namespace kaomon::gateway
