// A recording as a card: the driver is driven by what happened once.
#pragma once

#include "drivers/card/reader.hpp"
#include "drivers/card/trace/line.hpp"

#include <memory>
#include <vector>

namespace kaomon::card::trace {

// Order, lengths, status words and faults are the recording's. What it left out, the bytes that a person
// typed or the card answered, comes from `stand_in`: a simulated card of the same kind. Thread-bound.
class ReplayedCard final : public CardTransaction {
  public:
    ReplayedCard(std::vector<Line> lines, std::unique_ptr<CardTransaction> stand_in)
        : lines_(std::move(lines)), stand_in_(std::move(stand_in)) {}

    // Reasons: the recorded one; internal_error where the command is not the recorded one, with both in the
    // detail.
    Result<SecretBytes> transmit(ByteView command) override;
    ByteView atr() const noexcept override { return stand_in_->atr(); }
    std::size_t read_block() const noexcept override { return stand_in_->read_block(); }

    std::size_t left() const noexcept { return lines_.size() - at_; } // exchanges that were not asked for yet

  private:
    std::vector<Line> lines_;
    std::unique_ptr<CardTransaction> stand_in_;
    std::size_t at_ = 0;
};

} // namespace kaomon::card::trace
