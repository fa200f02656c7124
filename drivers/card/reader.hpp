// A card reader as the daemon sees it, whatever stands behind it (PC/SC, a card in process).
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/result.hpp"
#include "drivers/base/secret.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace kaomon::card {

enum class ReaderCondition : std::uint8_t { service_down, no_reader, no_card, mute_card, card_present };

// What the reader shows. `tap` counts the cards put down since the start: two states with the same tap and
// card_present are one and the same stay of one card.
struct ReaderState {
    ReaderCondition condition = ReaderCondition::service_down;
    std::string reader; // PC/SC name, empty when there is none
    std::uint64_t tap = 0;
    friend bool operator==(const ReaderState&, const ReaderState&) = default;
};

// The reason word for a state without a usable card.
Reason reason_of(ReaderCondition condition) noexcept;

// Exclusive hold of one card. Nothing is transmitted without holding one; letting go resets the card, so that
// no verified state outlives it. Thread-bound.
class CardTransaction {
  public:
    CardTransaction() = default;
    CardTransaction(const CardTransaction&) = delete;
    CardTransaction& operator=(const CardTransaction&) = delete;
    virtual ~CardTransaction() = default;

    // One command APDU to the card, its whole answer (data and status word) back. Nothing is sent twice: a
    // fault is a Failure (card_removed, card_error, reader_service_down, no_reader), never a silent second
    // try.
    virtual Result<SecretBytes> transmit(ByteView command) = 0;
    // Answer to reset (ISO 7816-3), as the reader gives it. For the log only: cards are told apart by their
    // AIDs.
    virtual ByteView atr() const noexcept = 0;
    // The largest number of bytes worth asking for in one READ BINARY: 256, more where the reader takes
    // extended length.
    virtual std::size_t read_block() const noexcept = 0;
    // No more than these bytes are ever to be asked for in one: what the reader is known to choke on.
    virtual std::size_t block_limit() const noexcept { return 65'536; }
};

// Thread-bound to the card thread, wake() aside.
class Reader {
  public:
    Reader() = default;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    virtual ~Reader() = default;

    // Blocks until the state differs from `known`, `until` has come or wake() was called; returns the state.
    // Never fails: a dead service is a state, and waiting goes on until it is back.
    virtual ReaderState wait(const ReaderState& known, Instant until) = 0;
    // Ends a wait() at once, also the next one if none is running. Thread-safe.
    virtual void wake() noexcept = 0;
    virtual Result<std::unique_ptr<CardTransaction>> open() = 0;
};

} // namespace kaomon::card
