// The gateway's own certificate authority: it signs the server's certificate and those of paired peers, and
// nobody else's word counts.
#pragma once

#include "daemon/gateway/certificate.hpp"
#include "daemon/gateway/refusal.hpp"

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace kaomon::gateway {

// Thread-bound.
class Authority {
  public:
    // Of the state folder, where authority.pem, authority.key, server.pem and server.key lie; what is not
    // there is made, and the server's certificate anew where its names are others or 30 days are left.
    // Reason: key_unreadable.
    static Result<Authority> open(const std::filesystem::path& state, const std::vector<std::string>& names,
                                  Time now);

    X509* certificate() const noexcept { return certificate_.get(); }
    X509* server_certificate() const noexcept { return server_.get(); }
    EVP_PKEY* server_key() const noexcept { return server_key_.get(); }

    // A certificate for a peer's key. Null where OpenSSL cannot. Reentrant.
    Certificate issue(const std::string& name, EVP_PKEY* key, Time now, Time until) const;

  private:
    Authority() = default;

    Certificate certificate_, server_;
    PrivateKey key_, server_key_;
};

} // namespace kaomon::gateway
