#include "drivers/card/apdu.hpp"
#include "tools/clinic/choose/card_probe.hpp"
#include "tools/clinic/choose/simulated_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace kaomon::choose {
namespace {

using namespace std::chrono;

// The card of the simulated stand behind a reader with a limit; keeps the longest answer asked for.
class Limited final : public card::CardTransaction {
  public:
    Limited(std::unique_ptr<card::CardTransaction> card, std::size_t limit)
        : card_(std::move(card)), limit_(limit) {}
    Result<SecretBytes> transmit(ByteView bytes) override {
        if (const auto command = card::Command::decode(bytes); command && command->ins == 0xB0)
            longest = std::max<std::size_t>(longest, command->ne);
        return card_->transmit(bytes);
    }
    ByteView atr() const noexcept override { return card_->atr(); }
    std::size_t read_block() const noexcept override { return card_->read_block(); }
    std::size_t block_limit() const noexcept override { return limit_; }
    std::size_t longest = 0; // bytes

  private:
    std::unique_ptr<card::CardTransaction> card_;
    std::size_t limit_;
};

Limited card_behind(SimulatedReaderStand& stand, std::size_t limit) {
    stand.take_card();
    stand.put_card(1);
    stand.reader().wait({}, SteadyClock::now());
    return {stand.reader().open().value(), limit};
}

TEST(LargestBlock, IsNotSoughtBeyondWhatTheReaderIsKnownToCarry) {
    const auto stand = SimulatedReaderStand::make(ReaderFault::none, 2026y / November / 25).value();
    {
        Limited card = card_behind(*stand, 65'536);
        EXPECT_GT(largest_block(card).value(), 256U);
        EXPECT_EQ(card.longest, 2048U);
    }
    Limited card = card_behind(*stand, 256);
    EXPECT_EQ(largest_block(card).value(), 256U);
    EXPECT_EQ(card.longest, 256U);
}

} // namespace
} // namespace kaomon::choose
