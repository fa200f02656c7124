// The card's part of a verification, as the desk drives it. Commands go in, events come back on the desk's
// thread.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/mynumber/photo_record.hpp"
#include "drivers/card/mynumber/warning.hpp"
#include "drivers/card/reader.hpp"

#include <functional>
#include <optional>
#include <variant>
#include <vector>

namespace kaomon::session {

struct ReaderChanged {
    card::ReaderState state;
};
struct FreeDataRead {
    std::uint8_t tries_left = 0;
    card::mynumber::Hierarchy hierarchy = card::mynumber::Hierarchy::unknown; // as the card names its signer
    std::optional<card::mynumber::CardMark> mark{};
    std::vector<card::mynumber::Warning> warnings{};
};
struct AccessNumberRefused { // no try, or one, was spent; the card may still be used with another number
    Failure why;
    std::optional<std::uint8_t> tries_left;
};
struct RecordRead {
    SecretBytes photo; // JP2
    card::mynumber::Genuineness genuineness;
};
struct PinRefused { // no try, or one, was spent; another idempotency_key, or another method, may follow
    Failure why;
    std::optional<std::uint8_t> tries_left;
};
struct PinAnswered { // the card took the PIN, or its certificate was found to be a forgery before that
    card::mynumber::Genuineness genuineness; // signature: the certificate's chain; chip: our nonce, signed
};
struct CardFailed {
    Failure why;
};
using CardEvent = std::variant<ReaderChanged, FreeDataRead, AccessNumberRefused, RecordRead, PinRefused,
                               PinAnswered, CardFailed>;

class CardSide {
  public:
    CardSide() = default;
    CardSide(const CardSide&) = delete;
    CardSide& operator=(const CardSide&) = delete;
    virtual ~CardSide() = default;

    // `visit` numbers the verification; events of an earlier one never arrive after begin() of the next.
    // ReaderChanged is told at all times.
    virtual void begin(std::uint64_t visit) = 0;
    virtual void access_number(card::mynumber::AccessParts parts,
                               card::mynumber::IdempotencyKey idempotency_key) = 0;
    // Of the card that lay there when the visit's free data were read; it is not read again.
    virtual void pin(card::mynumber::Pin pin, card::mynumber::IdempotencyKey idempotency_key) = 0;
    // Lets go of the card (reset).
    virtual void end() = 0;
};

using CardEventSink = std::function<void(std::uint64_t visit, CardEvent)>;

} // namespace kaomon::session
