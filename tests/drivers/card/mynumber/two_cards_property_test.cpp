// One card takes another's place at any command of a visit: no verdict is of two cards.
//
// KAOMON_SEQUENCES / 100 says how many visits are played, each from its own seed.
#include "drivers/card/mynumber/free_data.hpp"
#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/mynumber/photo_record.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <random>
#include <set>

namespace kaomon::card::mynumber {
namespace {

// Two cards of one issuer at a reader where one takes the other's place at a random command: a good reader
// breaks the hold, a bad one (a field that flickers) says nothing.
class Swapped : public CardTransaction {
  public:
    Swapped(std::array<simulated::Card, 2>& cards, std::uint64_t at, bool noticed)
        : cards_(cards), at_(at), noticed_(noticed) {}
    Result<SecretBytes> transmit(ByteView command) override {
        if (sent_++ == at_) {
            cards_[now_].reset();
            now_ = 1;
        }
        if (now_ == 1 && noticed_)
            return fail(Reason::card_removed);
        answered.insert(now_);
        return cards_[now_].answer(command);
    }
    ByteView atr() const noexcept override { return cards_[now_].atr(); }
    std::size_t read_block() const noexcept override { return 2048; }

    std::set<std::size_t> answered;

  private:
    std::array<simulated::Card, 2>& cards_;
    std::uint64_t at_, sent_ = 0;
    std::size_t now_ = 0;
    bool noticed_;
};

unsigned visits() {
    const char* wanted = std::getenv("KAOMON_SEQUENCES");
    const auto sequences = wanted != nullptr ? static_cast<unsigned>(std::strtoul(wanted, nullptr, 10)) : 0;
    return std::max(sequences / 100, 300U); // most end early; the rest sign, which takes a millisecond
}

TEST(GuardProperty, NoVerdictIsOfTwoCards) {
    static const auto second = test::issued_with({.seed = 2});
    const TrustStore trusted = test::trust();
    const unsigned wanted = visits();
    std::uint64_t of_one = 0, refused = 0, half = 0, swaps_unnoticed = 0;
    for (unsigned seed = 1; seed <= wanted; ++seed) {
        std::mt19937_64 random(seed);
        const std::uint64_t at = random() % 40; // a visit has some 30 commands: now and then there is no swap
        const bool noticed = random() % 4 == 0;
        std::array<simulated::Card, 2> cards{simulated::Card(test::issued().contents),
                                             simulated::Card(second.contents)};
        Swapped held(cards, at, noticed);
        const auto visit = [&]() -> Result<void> {
            const auto data = read_free_data(held, test::today);
            if (!data)
                return std::unexpected(data.error());
            const auto number = assemble(test::number(test::access_number), *data, test::today);
            if (!number)
                return std::unexpected(number.error());
            Guard guard(6);
            if (const auto opened = guard.verify(held, *number, IdempotencyKey{1}); !opened)
                return std::unexpected(opened.error());
            held.answered.clear();
            const auto record = read_photo_record(held, data->signer_certificate, trusted);
            if (!record)
                return std::unexpected(record.error());
            const auto chip = challenge_chip(held, *record);
            if (!chip)
                return std::unexpected(chip.error());
            const bool valid = chip->signature == Check::valid && chip->chip == Check::valid;
            if (held.answered.size() == 1 && valid)
                ++of_one;
            EXPECT_FALSE(valid && held.answered.size() == 2) << "seed " << seed << ": a verdict of two cards";
            half += valid ? 0 : 1;
            return {};
        };
        refused += visit() ? 0 : 1;
        swaps_unnoticed += held.answered.size() == 2 ? 1 : 0;
        if (testing::Test::HasFailure())
            return;
    }
    std::cout << wanted << " visits with a swap: " << refused << " broken off, " << half << " not genuine ("
              << swaps_unnoticed << " read from two cards), " << of_one << " verdicts, each of one card\n";
    EXPECT_GT(of_one, wanted / 50);
    EXPECT_GT(refused, wanted / 10);
    EXPECT_GT(swaps_unnoticed, 0U);
}

} // namespace
} // namespace kaomon::card::mynumber
