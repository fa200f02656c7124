// Small questions to a card that tell about its reader. Only what is free to read is read; no try is spent.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/card/reader.hpp"

namespace kaomon::choose {

// A transaction that asks for other blocks than it would by itself. Thread-bound; lives no longer than the
// other.
class SizedTransaction final : public card::CardTransaction {
  public:
    SizedTransaction(card::CardTransaction& card, std::size_t block) : card_(card), block_(block) {}
    Result<SecretBytes> transmit(ByteView command) override { return card_.transmit(command); }
    ByteView atr() const noexcept override { return card_.atr(); }
    std::size_t read_block() const noexcept override { return block_; }

  private:
    card::CardTransaction& card_;
    std::size_t block_;
};

// The most bytes that one READ BINARY of the sign-in certificate (free to read, about 1,500 bytes) brought
// back, trying 256, then 512, 1024, 2048 (not above block_limit()), or 128 down to 16 where 256 fails. Above
// 256 a success is what the card has of them, so a small certificate is enough. After a block that failed the
// card may be upset: end the transaction. Reasons: not_my_number_card, card_error (not even 16 bytes), the
// transport's. Thread-bound.
Result<std::size_t> largest_block(card::CardTransaction& card);

// Reads the card's own record (its expiry date): enough to see that it is there and answers. Reasons: as
// above.
Result<void> touch(card::CardTransaction& card);

// Milliseconds of the shortest command and its answer: SELECT of a file that stays selected (7 bytes out, 2
// back).
Result<double> round_trip(card::CardTransaction& card);

} // namespace kaomon::choose
