// The signature over a result: JWS compact serialisation (RFC 7515) with EdDSA / Ed25519 (RFC 8037).
#pragma once

#include "daemon/result/claims.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kaomon::result {

inline constexpr std::string_view result_type = "kaomon-result+jws"; // "typ" of its JWS

// The device's own key. Copies share it. Reentrant once made.
class SigningKey {
  public:
    // Of the credential "signing-key.pem" where systemd passed one ($CREDENTIALS_DIRECTORY), else of the
    // file. Made (0600) where there is none and never was: KEY.public is not there, and `began_before`, what
    // else the device keeps, says no. KEY.public is brought up to date, with the announced key of KEY.next.
    // Reasons: key_missing (there was one; the detail says what to do), key_unreadable (damaged, not Ed25519,
    // readable by others).
    static Result<SigningKey> load_or_create(const std::filesystem::path& file, bool began_before = false);

    // header {"alg":"EdDSA","typ":"kaomon-result+jws","kid":…}
    std::string sign(const Claims& claims) const;
    // Anything else of ours, told apart by its type.
    std::string sign(std::string_view type, std::string_view json) const;
    // RFC 7638 thumbprint of the public key, base64url.
    const std::string& key_id() const noexcept;
    // {"keys":[{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"sig","kid":…,"x":…}]}: this key first, then
    // the announced one and those that signed before.
    const std::string& jwk_set() const noexcept;
    // With those that are not given out any more: for what was signed long ago.
    const std::string& all_keys() const noexcept;
    // The key that signs is another one than before, which nobody announced; empty: no. For the log.
    const std::string& replaced() const noexcept;

  private:
    struct Impl;
    explicit SigningKey(std::shared_ptr<const Impl> impl);
    std::shared_ptr<const Impl> impl_;
};

// What a caller must hold a result against.
struct Expectation {
    std::string nonce;    // empty: do not compare
    std::int64_t now = 0; // seconds since 1970; iat and exp are held against it, with 60 s of leeway
    // The verifier's own name; empty: it has none, and takes no result that is made for somebody (RFC 7519
    // §4.1.3). nullopt: do not compare.
    std::optional<std::string> audience = "";
};

// Verifies signature (by kid within the JWK set), type, time, nonce and audience. Reason: result_invalid,
// detail says what.
Result<Claims> check(std::string_view jws, std::string_view jwk_set, const Expectation& expected);

// What was signed under that type, by a key of the set. Reason: result_invalid. Reentrant.
Result<std::string> open_jws(std::string_view jws, std::string_view jwk_set, std::string_view type);

} // namespace kaomon::result
