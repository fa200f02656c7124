// The authorities under which a card's sign-in certificate is checked (JPKI roots). Supplied by the operator.
#pragma once

#include "drivers/card/mynumber/photo_record.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

struct x509_store_st; // OpenSSL

namespace kaomon::card::mynumber {

// What is known of a certificate without any list of revoked ones: there is none that we may ask
// (drivers/card/SPEC.md §9), so revocation is never checked, and results say so.
struct SignInFinding {
    Check check = Check::not_checked;
    // signer_unknown (not_checked: no authority of ours issued it), sign_in_certificate_expired
    // (not_checked), clock_invalid (not_checked: not valid yet), sign_in_certificate_invalid (invalid:
    // signature, key usage), sign_in_certificate_missing (empty bytes); empty when valid.
    std::optional<Reason> reason;
};

// Copies share the store. check() is reentrant.
class SignInTrust {
  public:
    SignInTrust(); // knows nobody: everything is "not checked"
    // Reads all *.pem of a folder (the trust store's own; see packaging/trust.d/README.md): each one or more
    // CA certificates. Reason: trust_store_invalid, with the file's name.
    static Result<SignInTrust> load(const std::filesystem::path& folder);
    // Reason: trust_store_invalid (no certificate, or one that is no authority's).
    Result<void> add(std::string_view pem, std::string_view name);

    // Chain to one of the authorities, validity at `now` (seconds since 1970, UTC), and that the key may
    // sign.
    SignInFinding check(ByteView der, std::int64_t now) const;
    std::size_t size() const noexcept { return size_; }
    // When the first of the authorities' certificates ends, seconds since 1970, UTC; empty: there is none.
    std::optional<std::int64_t> first_end() const noexcept { return first_end_; }

  private:
    std::shared_ptr<x509_store_st> store_;
    std::size_t size_ = 0;
    std::optional<std::int64_t> first_end_;
};

} // namespace kaomon::card::mynumber
