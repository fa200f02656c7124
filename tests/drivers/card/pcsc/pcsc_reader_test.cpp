#include "drivers/card/pcsc/pcsc_reader.hpp"
#include "tests/component/pcscd.hpp"
#include "tests/drivers/card/pcsc/vpcd_card.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

namespace kaomon::card::pcsc {
namespace {

using namespace std::chrono_literals;
using test::Pcscd;
using test::VpcdCard;
using ::testing::ElementsAre;

SecretBytes always_fine(ByteView) {
    return {0x90, 0x00};
}

Reason reason_to_open(Reader& reader) {
    const auto opened = reader.open();
    return opened ? Reason::match : opened.error().reason;
}

class PcscReaderTest : public ::testing::Test {
  protected:
    // Waits until the reader shows `condition`; gives up after 5 s.
    bool see(ReaderCondition condition, Reader& through) {
        const Instant end = SteadyClock::now() + 5s;
        while (state.condition != condition && SteadyClock::now() < end)
            state = through.wait(state, end);
        return state.condition == condition;
    }
    bool see(ReaderCondition condition) { return see(condition, *reader); }

    Pcscd service;
    std::unique_ptr<Reader> reader = make_reader("");
    ReaderState state;
};

TEST_F(PcscReaderTest, SeesACardComeAndGo) {
    ASSERT_TRUE(see(ReaderCondition::no_card));
    EXPECT_EQ(state.reader, Pcscd::reader(0));
    EXPECT_EQ(state.tap, 0U);
    VpcdCard card(service.port(), always_fine);
    ASSERT_TRUE(see(ReaderCondition::card_present));
    EXPECT_EQ(state.tap, 1U);
    card.pull();
    ASSERT_TRUE(see(ReaderCondition::no_card));
    const VpcdCard again(service.port(), always_fine);
    ASSERT_TRUE(see(ReaderCondition::card_present));
    EXPECT_EQ(state.tap, 2U);
}

TEST_F(PcscReaderTest, ACardThatWentAndCameUnseenIsANewTap) {
    auto card = std::make_unique<VpcdCard>(service.port(), always_fine);
    ASSERT_TRUE(see(ReaderCondition::card_present));
    const ReaderState before = state;
    const auto other = make_reader(""); // watches while ours does not
    card.reset();
    ASSERT_TRUE(see(ReaderCondition::no_card, *other));
    card = std::make_unique<VpcdCard>(service.port(), always_fine);
    ASSERT_TRUE(see(ReaderCondition::card_present, *other));
    const ReaderState after = reader->wait(before, SteadyClock::now() + 2s);
    EXPECT_EQ(after.condition, ReaderCondition::card_present);
    EXPECT_EQ(after.tap, before.tap + 1);
}

TEST_F(PcscReaderTest, WaitsUntilTheTimeGivenAndNoLonger) {
    ASSERT_TRUE(see(ReaderCondition::no_card));
    const Instant begin = SteadyClock::now();
    EXPECT_EQ(reader->wait(state, begin + 300ms), state);
    const auto waited = SteadyClock::now() - begin;
    EXPECT_GE(waited, 300ms);
    EXPECT_LT(waited, 600ms);
}

TEST_F(PcscReaderTest, WaitingTakesNoProcessorTime) {
    ASSERT_TRUE(see(ReaderCondition::no_card));
    const std::clock_t before = std::clock();
    reader->wait(state, SteadyClock::now() + 1s);
    EXPECT_LT(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC, 0.1);
}

TEST_F(PcscReaderTest, AWakeEndsTheWait) {
    ASSERT_TRUE(see(ReaderCondition::no_card));
    Instant woken;
    std::thread other([&] {
        std::this_thread::sleep_for(100ms);
        woken = SteadyClock::now();
        reader->wake();
    });
    EXPECT_EQ(reader->wait(state, SteadyClock::now() + 10s), state);
    const Instant back = SteadyClock::now();
    other.join();
    EXPECT_LT(back - woken, 150ms); // a slice is 200 ms: this was SCardCancel
}

TEST_F(PcscReaderTest, AWakeReturnsThoughTheServiceStandsStill) {
    ASSERT_TRUE(see(ReaderCondition::no_card));
    std::thread waits([&] { reader->wait(state, SteadyClock::now() + 10s); });
    std::this_thread::sleep_for(50ms);
    service.freeze(); // within a slice of 200 ms: later, SCardCancel knows that it has nothing to do
    std::thread thaws([&] {
        std::this_thread::sleep_for(1s);
        service.thaw();
    });
    const Instant begin = SteadyClock::now();
    reader->wake();
    EXPECT_LT(SteadyClock::now() - begin, 900ms); // and does not wait for the thaw
    waits.join();                                 // and the wake is not lost
    EXPECT_LT(SteadyClock::now() - begin, 3s);
    thaws.join();
}

TEST_F(PcscReaderTest, AWakeBeforeTheWaitIsNotLost) {
    ASSERT_TRUE(see(ReaderCondition::no_card));
    reader->wake();
    const Instant begin = SteadyClock::now();
    reader->wait(state, begin + 10s);
    EXPECT_LT(SteadyClock::now() - begin, 5s);
    const Instant second = SteadyClock::now(); // and is used up
    reader->wait(state, second + 200ms);
    EXPECT_GE(SteadyClock::now() - second, 200ms);
}

TEST_F(PcscReaderTest, AWakeEndsTheWaitForALostService) {
    service.stop();
    ASSERT_TRUE(see(ReaderCondition::service_down));
    std::thread other([&] {
        std::this_thread::sleep_for(50ms);
        reader->wake();
    });
    const Instant begin = SteadyClock::now();
    reader->wait(state, begin + 10s);
    EXPECT_LT(SteadyClock::now() - begin, 5s);
    other.join();
}

TEST_F(PcscReaderTest, FindsAServiceThatStartsLater) {
    service.stop();
    EXPECT_EQ(reader->wait(state, SteadyClock::now()).condition, ReaderCondition::service_down);
    EXPECT_EQ(reason_to_open(*reader), Reason::reader_service_down);
    service.start();
    EXPECT_TRUE(see(ReaderCondition::no_card));
}

TEST_F(PcscReaderTest, SeesTheServiceCrashAndComeBack) {
    auto card = std::make_unique<VpcdCard>(service.port(), always_fine);
    ASSERT_TRUE(see(ReaderCondition::card_present));
    const Instant begin = SteadyClock::now();
    std::thread other([&] {
        std::this_thread::sleep_for(100ms);
        service.kill();
    });
    ASSERT_TRUE(see(ReaderCondition::service_down));
    EXPECT_LT(SteadyClock::now() - begin, 5s);
    other.join();
    EXPECT_EQ(reason_to_open(*reader), Reason::reader_service_down);

    service.start();
    card = std::make_unique<VpcdCard>(service.port(), always_fine);
    ASSERT_TRUE(see(ReaderCondition::card_present));
    EXPECT_EQ(state.tap, 2U); // nobody can tell that it is the same card
    auto opened = reader->open();
    ASSERT_TRUE(opened) << opened.error().detail;
    EXPECT_TRUE((*opened)->transmit(Bytes{0x00, 0x84, 0x00, 0x00, 0x08}));
}

TEST_F(PcscReaderTest, HoldsTheCardAlone) {
    const VpcdCard card(service.port(), always_fine);
    ASSERT_TRUE(see(ReaderCondition::card_present));
    const auto held = reader->open();
    ASSERT_TRUE(held) << held.error().detail;
    const auto other = make_reader("");
    ReaderState others;
    while (others.condition != ReaderCondition::card_present)
        others = other->wait(others, SteadyClock::now() + 5s);
    EXPECT_EQ(reason_to_open(*other), Reason::reader_busy);
}

TEST_F(PcscReaderTest, ResetsTheCardAtTheEnd) {
    const VpcdCard card(service.port(), always_fine);
    ASSERT_TRUE(see(ReaderCondition::card_present));
    auto held = reader->open();
    ASSERT_TRUE(held) << held.error().detail;
    const int before = card.resets();
    held->reset();
    EXPECT_TRUE(test::eventually([&] { return card.resets() > before; }, 2));
    // the stay goes on: a reset is no new tap
    EXPECT_EQ(reader->wait(state, SteadyClock::now() + 600ms), state);
}

TEST_F(PcscReaderTest, CarriesCommandsAndAnswers) {
    Bytes seen;
    const VpcdCard card(service.port(), [&](ByteView command) {
        seen.assign(command.begin(), command.end());
        return SecretBytes{1, 2, 3, 0x90, 0x00};
    });
    ASSERT_TRUE(see(ReaderCondition::card_present));
    const auto held = reader->open();
    ASSERT_TRUE(held) << held.error().detail;
    const auto answer = (*held)->transmit(Bytes{0x00, 0xB0, 0x00, 0x00, 0x03});
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_THAT(*answer, ElementsAre(1, 2, 3, 0x90, 0x00));
    EXPECT_THAT(seen, ElementsAre(0x00, 0xB0, 0x00, 0x00, 0x03));
    EXPECT_EQ(Bytes((*held)->atr().begin(), (*held)->atr().end()), VpcdCard::usual_atr);
    EXPECT_EQ((*held)->read_block(), 256U);
}

TEST_F(PcscReaderTest, ACardPulledInTheMiddleOfAnApduIsRemoved) {
    const VpcdCard card(service.port(), [](ByteView) { return SecretBytes{}; });
    ASSERT_TRUE(see(ReaderCondition::card_present));
    const auto held = reader->open();
    ASSERT_TRUE(held) << held.error().detail;
    const auto answer = (*held)->transmit(Bytes{0x00, 0x84, 0x00, 0x00, 0x08});
    ASSERT_FALSE(answer) << to_hex(*answer);
    EXPECT_EQ(answer.error().reason, Reason::card_removed) << answer.error().detail;
    EXPECT_TRUE(see(ReaderCondition::no_card)); // also while the dead transaction is held
}

TEST_F(PcscReaderTest, AServiceThatDiesUnderATransactionIsDown) {
    const VpcdCard card(service.port(), always_fine);
    ASSERT_TRUE(see(ReaderCondition::card_present));
    const auto held = reader->open();
    ASSERT_TRUE(held) << held.error().detail;
    service.kill();
    const auto answer = (*held)->transmit(Bytes{0x00, 0x84, 0x00, 0x00, 0x08});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().reason, Reason::reader_service_down) << answer.error().detail;
    EXPECT_TRUE(see(ReaderCondition::service_down));
}

TEST_F(PcscReaderTest, ACardThatDoesNotAnswerIsMute) {
    const VpcdCard card(service.port(), always_fine, true);
    ASSERT_TRUE(see(ReaderCondition::mute_card)) << static_cast<int>(state.condition) << service.log();
    EXPECT_EQ(reason_to_open(*reader), Reason::card_mute);
}

TEST_F(PcscReaderTest, WithoutACardThereIsNothingToOpen) {
    EXPECT_EQ(reason_to_open(*reader), Reason::reader_service_down); // nothing seen yet
    ASSERT_TRUE(see(ReaderCondition::no_card));
    EXPECT_EQ(reason_to_open(*reader), Reason::no_card);
}

TEST_F(PcscReaderTest, ACardPulledBeforeTheOpenIsNoCard) {
    VpcdCard card(service.port(), always_fine);
    ASSERT_TRUE(see(ReaderCondition::card_present));
    card.pull();
    const auto other = make_reader("");
    ReaderState others;
    while (others.condition != ReaderCondition::no_card)
        others = other->wait(others, SteadyClock::now() + 5s);
    EXPECT_EQ(reason_to_open(*reader), Reason::no_card); // ours has not looked since
}

TEST_F(PcscReaderTest, OfSeveralReadersTakesTheOneWithTheCard) {
    ASSERT_TRUE(see(ReaderCondition::no_card));
    const VpcdCard card(service.port(1), always_fine);
    ASSERT_TRUE(see(ReaderCondition::card_present));
    EXPECT_EQ(state.reader, Pcscd::reader(1));
}

TEST_F(PcscReaderTest, ANamedReaderAndNoOther) {
    const auto named = make_reader("00 01");
    ASSERT_TRUE(see(ReaderCondition::no_card, *named));
    EXPECT_EQ(state.reader, Pcscd::reader(1));
    const VpcdCard card(service.port(0), always_fine);
    ReaderState others;
    while (others.condition != ReaderCondition::card_present)
        others = reader->wait(others, SteadyClock::now() + 5s);
    EXPECT_EQ(named->wait(state, SteadyClock::now() + 100ms).condition, ReaderCondition::no_card);
}

TEST_F(PcscReaderTest, AReaderThatIsNotThereIsNoReader) {
    const auto named = make_reader("Some Other Maker");
    EXPECT_TRUE(see(ReaderCondition::no_reader, *named));
    EXPECT_EQ(state.reader, "");
    EXPECT_EQ(reason_to_open(*named), Reason::no_reader);
}

TEST_F(PcscReaderTest, WakesFromManyThreadsWhileTheServiceComesAndGoes) {
    std::atomic<bool> done = false;
    std::vector<std::thread> others;
    for (int i = 0; i < 3; ++i) {
        others.emplace_back([&] {
            while (!done) {
                reader->wake();
                std::this_thread::sleep_for(1ms);
            }
        });
    }
    std::thread crashes([&] {
        for (int i = 0; i < 3; ++i) {
            service.kill();
            service.start();
        }
        done = true;
    });
    while (!done)
        state = reader->wait(state, SteadyClock::now() + 1s);
    crashes.join();
    for (auto& other : others)
        other.join();
    EXPECT_TRUE(see(ReaderCondition::no_card)) << static_cast<int>(state.condition) << service.log();
}

} // namespace
} // namespace kaomon::card::pcsc
