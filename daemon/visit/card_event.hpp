// What the card's part of a visit comes to, step by step.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/card/mynumber/attribute_record.hpp"
#include "drivers/card/mynumber/card_digest.hpp"
#include "drivers/card/mynumber/photo_record.hpp"
#include "drivers/card/mynumber/subject_secret.hpp"
#include "drivers/card/mynumber/warning.hpp"
#include "drivers/card/reader.hpp"

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace kaomon::visit {

struct ReaderChanged {
    card::ReaderState state;
};
struct FreeDataRead {
    std::uint8_t tries_left = 0;
    card::mynumber::Hierarchy hierarchy = card::mynumber::Hierarchy::unknown; // as the card names its signer
    std::vector<card::mynumber::CardDigest> known_by{}; // card information, sign-in certificate
    std::vector<card::mynumber::Warning> warnings{};
    bool lift_first = false; // this tap has had a wrong secret, in a visit before
    // Of the sign-in certificate, where one of the operator's authorities issued it and it is valid now.
    std::optional<card::mynumber::SubjectReference> subject{};
    std::optional<std::uint8_t> pin_tries_left{}; // where a PIN may be asked for and the card tells
    std::optional<Date> card_expiry{};            // as printed on it
};
struct AccessNumberRefused { // no try, or one, was spent; the card may still be used with another number
    Failure why;
    std::optional<std::uint8_t> tries_left;
};
struct RecordRead {
    SecretBytes photo; // JP2
    card::mynumber::Genuineness genuineness;
    std::optional<card::mynumber::CardDigest> chip{}; // of its public key, where record and chip are genuine
    std::optional<card::mynumber::SubjectReference> subject{}; // of that key, where the record is genuine
    std::optional<Result<card::mynumber::Attributes>>
        attributes{};               // the wanted ones, or why not; empty: none wanted
    bool birth_as_expected = false; // the caller expects a birth date, and it is the record's
};
struct PinRefused { // no try, or one, was spent; another PIN, or another method, may follow
    Failure why;
    std::optional<std::uint8_t> tries_left;
};
struct PinAnswered { // the card took the PIN, or its certificate was found to be a forgery before that
    card::mynumber::Genuineness genuineness; // signature: the certificate's chain; chip: our nonce, signed
};
struct CardBack { // the same card again, lifted and put down; nothing spent
    std::uint8_t tries_left = 0;
};
struct CardFailed {
    Failure why;
};
using CardEvent = std::variant<ReaderChanged, FreeDataRead, AccessNumberRefused, RecordRead, PinRefused,
                               PinAnswered, CardBack, CardFailed>;

} // namespace kaomon::visit
