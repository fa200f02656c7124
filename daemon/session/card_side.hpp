// The card's part of a verification, as the desk drives it. Commands go in, events come back on the desk's
// thread.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/mynumber/photo_record.hpp"
#include "drivers/card/reader.hpp"

#include <functional>
#include <optional>
#include <variant>

namespace kaomon::session {

struct ReaderChanged {
    card::ReaderState state;
};
struct FreeDataRead {
    std::uint8_t tries_left = 0;
    card::mynumber::Hierarchy hierarchy = card::mynumber::Hierarchy::unknown; // as the card names its signer
};
struct AccessRefused { // no try, or one, was spent; the card may still be used with another number
    Failure why;
    std::optional<std::uint8_t> tries_left;
};
struct RecordRead {
    SecretBytes photo; // JP2
    card::mynumber::Genuineness genuineness;
};
struct CardFailed {
    Failure why;
};
using CardEvent = std::variant<ReaderChanged, FreeDataRead, AccessRefused, RecordRead, CardFailed>;

class CardSide {
  public:
    CardSide() = default;
    CardSide(const CardSide&) = delete;
    CardSide& operator=(const CardSide&) = delete;
    virtual ~CardSide() = default;

    // `visit` numbers the verification; events of an earlier one never arrive after begin() of the next.
    // ReaderChanged is told at all times.
    virtual void begin(std::uint64_t visit) = 0;
    virtual void access(card::mynumber::AccessParts parts, card::mynumber::ActId act) = 0;
    // Lets go of the card (reset).
    virtual void end() = 0;
};

using CardEventSink = std::function<void(std::uint64_t visit, CardEvent)>;

} // namespace kaomon::session
