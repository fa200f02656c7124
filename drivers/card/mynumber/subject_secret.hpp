// Pairwise pseudonyms of cards: the same card has the same reference at every desk that shares the clinic's
// secret, and none that has anything to do with it elsewhere.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/result.hpp"
#include "drivers/base/secret.hpp"
#include "proto/subject.hpp"

#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

namespace kaomon::card::mynumber {

using ReferenceValue = std::array<std::uint8_t, 16>; // the first half of HMAC-SHA-256 (RFC 2104 §5)

struct SubjectReference {
    SubjectKind kind = SubjectKind::chip_key;
    ReferenceValue value{};
    std::optional<ReferenceValue> previous{}; // under the secret before a rotation, for as long as it is kept
};

// The secret of a clinic, shared by its desks. Reentrant.
class SubjectSecret {
  public:
    SubjectSecret(); // fresh, for as long as it lives

    // The file, or systemd's credential "subject-secret" ($CREDENTIALS_DIRECTORY); made, mode 0600, where
    // there is none. Reason: subject_secret_unreadable (damaged, readable by others, cannot be made): another
    // secret would name everybody anew without a word.
    static Result<SubjectSecret> load_or_create(const std::filesystem::path& file, Date today);
    bool made() const noexcept { return made_; } // by load_or_create(): it was not there
    // What stands in the file: the secret's line, and after a rotation "previous LINE YYYYMMDD". Reason:
    // subject_secret_unreadable.
    static Result<SubjectSecret> parse(std::string_view text, Date today);
    // As exported: one line. Reason: subject_secret_unreadable (mistyped or cut off: it has a check sum).
    static Result<SubjectSecret> read(std::string_view exported);

    // One line for another desk of the clinic.
    SecretText exported() const;
    // In the place of the file's. Reason: subject_secret_unreadable.
    Result<void> write(const std::filesystem::path& file) const;
    // A new secret; references under this one are given beside the new ones up to that day.
    SubjectSecret rotated(Date kept_until) const;
    std::optional<Date> previous_until() const noexcept { return until_; }

    // Of a public key, as bytes that are the same at every desk.
    SubjectReference of(SubjectKind kind, ByteView public_key) const;

  private:
    SecretBytes current_;  // 32 bytes
    SecretBytes previous_; // 32 bytes; empty: there is none, or its time is over
    std::optional<Date> until_;
    bool made_ = false;
};

// The public key within an X.509 certificate (its SubjectPublicKeyInfo, DER); empty where it is none.
// Reentrant.
Bytes public_key_of_certificate(ByteView certificate);

} // namespace kaomon::card::mynumber
