// The signature over a result: JWS compact serialisation (RFC 7515) with EdDSA / Ed25519 (RFC 8037).
#pragma once

#include "daemon/result/claims.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace kaomon::result {

// The device's own key. Reentrant once made.
class SigningKey {
  public:
    // Reads the PKCS#8 PEM file, or makes key and file (0600, written beside and renamed) when there is none.
    // Reasons: key_unreadable (damaged, not Ed25519, readable by others).
    static Result<SigningKey> load_or_create(const std::filesystem::path& file);
    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;
    ~SigningKey();

    // header {"alg":"EdDSA","typ":"kaomon-result+jws","kid":…}
    std::string sign(const Claims& claims) const;
    // RFC 7638 thumbprint of the public key, base64url.
    const std::string& key_id() const noexcept;
    // {"keys":[{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"sig","kid":…,"x":…}]}
    std::string jwk_set() const;

  private:
    struct Impl;
    explicit SigningKey(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// What a caller must hold a result against.
struct Expectation {
    std::string nonce;    // empty: do not compare
    std::int64_t now = 0; // seconds since 1970; iat and exp are held against it, with 60 s of leeway
};

// Verifies signature (by kid within the JWK set), type, time and nonce. Reason: result_invalid, detail says
// what.
Result<Claims> check(std::string_view jws, std::string_view jwk_set, const Expectation& expected);

} // namespace kaomon::result
