#include "drivers/card/simulated/simulated_reader.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace kaomon::card::simulated {
namespace {

using fault::Fault;
using fault::Verb;

class SimulatedReaderTest : public ::testing::Test {
  protected:
    ReaderState look() { return reader_.wait({}, SteadyClock::now()); }
    static Instant later() { return SteadyClock::now() + std::chrono::seconds(20); }
    Reason reason_of_open() {
        const auto transaction = reader_.open();
        return transaction ? Reason::match : transaction.error().reason;
    }

    std::shared_ptr<Card> card_ = std::make_shared<Card>(sample_card().issued.contents);
    SimulatedReader reader_{{.name = "Reader A"}};
    const Bytes challenge_ = hex("0084000008");
};

TEST_F(SimulatedReaderTest, EveryStayOfACardIsATapOfItsOwn) {
    EXPECT_EQ(look(), (ReaderState{ReaderCondition::no_card, "Reader A", 0}));
    EXPECT_EQ(reason_of_open(), Reason::no_card);
    reader_.insert(card_);
    EXPECT_EQ(look(), (ReaderState{ReaderCondition::card_present, "Reader A", 1}));
    reader_.pull();
    EXPECT_EQ(look().condition, ReaderCondition::no_card);
    reader_.apply({Verb::insert, {}, 0});
    EXPECT_EQ(look().tap, 2U);
    reader_.insert(std::make_shared<Card>(sample_card().issued.contents));
    EXPECT_EQ(look().tap, 3U) << "another card in its place";
}

TEST_F(SimulatedReaderTest, WaitingEndsByAChangeAWakeOrTheClock) {
    const ReaderState before = look();
    std::jthread hand([&] { reader_.insert(card_); });
    EXPECT_EQ(reader_.wait(before, later()).condition, ReaderCondition::card_present);
    hand.join();
    const ReaderState present = look();
    reader_.wake(); // before the wait
    EXPECT_EQ(reader_.wait(present, later()), present);
    std::jthread waker([&] { reader_.wake(); });
    EXPECT_EQ(reader_.wait(present, later()), present);
    EXPECT_EQ(reader_.wait(present, SteadyClock::now() + Milliseconds(10)), present);
}

TEST_F(SimulatedReaderTest, LettingGoResetsTheCard) {
    reader_.insert(card_);
    {
        const auto transaction = reader_.open();
        ASSERT_TRUE(transaction);
        select_application(*card_, photo_application);
        ASSERT_EQ(verify(*card_, 0x0012, access_number(sample_card().holder)).status, sw::ok);
        EXPECT_EQ(reason_of_open(), Reason::reader_busy);
    }
    EXPECT_EQ(send(*card_, "00B0000001").status, sw::no_current_file);
    select_application(*card_, photo_application);
    EXPECT_EQ(verify(*card_, 0x0012, "").status.value, 0x63CA);
    EXPECT_TRUE(reader_.open());
}

TEST_F(SimulatedReaderTest, PulledAfterEachCommand) {
    for (unsigned after = 1; after <= 5; ++after) {
        reader_.insert(card_);
        const auto transaction = reader_.open();
        ASSERT_TRUE(transaction);
        reader_.apply({Verb::pull, {}, after});
        const std::uint64_t before = reader_.answered();
        for (unsigned i = 0; i < after; ++i)
            EXPECT_TRUE((*transaction)->transmit(challenge_));
        const auto answer = (*transaction)->transmit(challenge_);
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().reason, Reason::card_removed);
        EXPECT_EQ(reader_.answered() - before, after);
        reader_.apply({Verb::insert, {}, 0});
        EXPECT_FALSE((*transaction)->transmit(challenge_)) << "another stay is not this transaction's";
    }
}

TEST_F(SimulatedReaderTest, FaultsShowAsTheirReasons) {
    reader_.insert(card_);
    reader_.apply({Verb::mute, {}, 0});
    EXPECT_EQ(look().condition, ReaderCondition::mute_card);
    EXPECT_EQ(reason_of_open(), Reason::card_mute);
    reader_.apply({Verb::clear, {}, 0});
    EXPECT_EQ(look().condition, ReaderCondition::card_present);

    auto transaction = reader_.open();
    ASSERT_TRUE(transaction);
    reader_.apply({Verb::error, 0x6F00, 0});
    EXPECT_EQ((*transaction)->transmit(challenge_).value(), SecretBytes({0x6F, 0x00}));
    EXPECT_EQ(reader_.answered(), 0U);
    reader_.apply({Verb::clear, {}, 0});
    EXPECT_EQ((*transaction)->transmit(challenge_)->size(), 10U);
    reader_.apply({Verb::mute, {}, 0});
    EXPECT_EQ((*transaction)->transmit(challenge_).error().reason, Reason::card_error);
    reader_.apply({Verb::clear, {}, 0});
    reader_.apply({Verb::unplug, {}, 0});
    EXPECT_EQ((*transaction)->transmit(challenge_).error().reason, Reason::no_reader);
    EXPECT_EQ(look(), (ReaderState{ReaderCondition::no_reader, "", 1}));
    reader_.apply({Verb::plug, {}, 0});
    EXPECT_EQ(look(), (ReaderState{ReaderCondition::card_present, "Reader A", 2}));
}

TEST_F(SimulatedReaderTest, ASlowAnswerIsCutByAPull) {
    reader_.insert(card_);
    const auto transaction = reader_.open();
    ASSERT_TRUE(transaction);
    reader_.apply({Verb::slow, 20, 0});
    const Instant start = SteadyClock::now();
    EXPECT_TRUE((*transaction)->transmit(challenge_));
    EXPECT_GE(SteadyClock::now() - start, Milliseconds(20));
    reader_.apply({Verb::slow, 60'000, 0});
    std::jthread hand([&] {
        while (reader_.answered() < 2)
            std::this_thread::yield();
        reader_.pull();
    });
    EXPECT_EQ((*transaction)->transmit(challenge_).error().reason, Reason::card_removed);
    EXPECT_LT(SteadyClock::now() - start, std::chrono::seconds(20));
}

TEST_F(SimulatedReaderTest, ATransactionMayOutliveItsReader) {
    std::unique_ptr<CardTransaction> transaction;
    {
        SimulatedReader reader;
        reader.insert(card_);
        transaction = std::move(*reader.open());
    }
    EXPECT_TRUE(transaction->transmit(challenge_));
    EXPECT_EQ(transaction->atr().size(), 13U);
    EXPECT_EQ(transaction->read_block(), 256U);
}

} // namespace
} // namespace kaomon::card::simulated
