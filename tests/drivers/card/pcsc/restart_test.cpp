// The service dies and comes back in every state, readers come and go, and several of them stand on one desk.
#include "drivers/card/pcsc/pcsc_reader.hpp"
#include "tests/component/pcscd.hpp"
#include "tests/drivers/card/pcsc/vpcd_card.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace kaomon::card::pcsc {
namespace {

using namespace std::chrono_literals;
using test::VpcdCard;

SecretBytes always_fine(ByteView) {
    return {0x90, 0x00};
}

bool see(Reader& reader, ReaderState& state, ReaderCondition condition, std::string_view name = {}) {
    const Instant end = SteadyClock::now() + 8s;
    const auto seen = [&] { return state.condition == condition && state.reader.contains(name); };
    while (!seen() && SteadyClock::now() < end)
        state = reader.wait(state, end);
    return seen();
}

// What the driver is doing when the service dies.
enum class When { nothing_seen, no_card, mute, card, held, in_an_apdu };

class Restart : public ::testing::TestWithParam<std::tuple<When, bool>> {};

TEST_P(Restart, TheNextCardIsReadAsIfNothingHadBeen) {
    const auto [when, crash] = GetParam();
    test::Pcscd service;
    const auto reader = make_reader("");
    ReaderState state;
    std::unique_ptr<VpcdCard> card;
    std::unique_ptr<CardTransaction> held;
    const auto end_service = [&, crashes = crash] { crashes ? service.kill() : service.stop(); };
    if (when != When::nothing_seen && when != When::no_card) {
        card = std::make_unique<VpcdCard>(
            service.port(),
            [&, now = when](ByteView) {
                if (now == When::in_an_apdu)
                    service.kill(); // this thread is no child of it: a stop would wait for our answer
                return SecretBytes{0x90, 0x00};
            },
            when == When::mute);
    }
    if (when != When::nothing_seen) {
        ASSERT_TRUE(see(*reader, state,
                        when == When::no_card ? ReaderCondition::no_card
                        : when == When::mute  ? ReaderCondition::mute_card
                                              : ReaderCondition::card_present));
    }
    if (when >= When::held) {
        auto opened = reader->open();
        ASSERT_TRUE(opened) << opened.error().detail;
        held = std::move(*opened);
    }
    if (when == When::in_an_apdu) {
        const auto answer = held->transmit(Bytes{0x00, 0x84, 0x00, 0x00, 0x08});
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().reason, Reason::reader_service_down) << answer.error().detail;
    } else {
        end_service();
    }
    ASSERT_TRUE(see(*reader, state, ReaderCondition::service_down));
    if (held) { // said again, not hung
        EXPECT_EQ(held->transmit(Bytes{0x00, 0x84, 0x00, 0x00, 0x08}).error().reason,
                  Reason::reader_service_down);
    }
    card.reset();
    service.start();
    held.reset(); // the transaction of the dead service may outlive it
    ASSERT_TRUE(see(*reader, state, ReaderCondition::no_card));
    const std::uint64_t tap = state.tap;
    card = std::make_unique<VpcdCard>(service.port(), always_fine);
    ASSERT_TRUE(see(*reader, state, ReaderCondition::card_present));
    EXPECT_EQ(state.tap, tap + 1);
    const auto opened = reader->open();
    ASSERT_TRUE(opened) << opened.error().detail;
    EXPECT_TRUE((*opened)->transmit(Bytes{0x00, 0x84, 0x00, 0x00, 0x08}));
}

INSTANTIATE_TEST_SUITE_P(States, Restart,
                         ::testing::Combine(::testing::Values(When::nothing_seen, When::no_card, When::mute,
                                                              When::card, When::held, When::in_an_apdu),
                                            ::testing::Bool()));

class TwoReaders : public ::testing::Test {
  protected:
    test::Pcscd service{{"Kaomon Desk PCD", "Kaomon Other PCD"}};
    std::unique_ptr<Reader> reader = make_reader("");
    ReaderState state;
};

TEST_F(TwoReaders, TheOneOnWhichTheCardWasPutLast) {
    ASSERT_TRUE(see(*reader, state, ReaderCondition::no_card));
    const VpcdCard first(service.port(0), always_fine);
    ASSERT_TRUE(see(*reader, state, ReaderCondition::card_present, "Desk")) << state.reader << service.log();
    const std::uint64_t tap = state.tap;
    std::optional<VpcdCard> second(std::in_place, service.port(2), always_fine);
    ASSERT_TRUE(see(*reader, state, ReaderCondition::card_present, "Other"));
    EXPECT_EQ(state.tap, tap + 1);
    EXPECT_TRUE(reader->open());
    second.reset();
    EXPECT_TRUE(see(*reader, state, ReaderCondition::no_card, "Other")) << "the first was left behind";
}

TEST_F(TwoReaders, ACardPutOnTheOtherOneDoesNotTouchTheVisit) {
    ASSERT_TRUE(see(*reader, state, ReaderCondition::no_card));
    const VpcdCard first(service.port(0), always_fine);
    ASSERT_TRUE(see(*reader, state, ReaderCondition::card_present, "Desk"));
    auto held = reader->open();
    ASSERT_TRUE(held) << held.error().detail;
    const VpcdCard second(service.port(2), always_fine);
    EXPECT_EQ(reader->wait(state, SteadyClock::now() + 1500ms), state) << "pcscd has seen it long since";
    EXPECT_TRUE((*held)->transmit(Bytes{0x00, 0x84, 0x00, 0x00, 0x08}));
    held->reset();
    EXPECT_TRUE(see(*reader, state, ReaderCondition::card_present, "Other")) << "the visit is over";
}

TEST_F(TwoReaders, APatternChoosesTheDesksOne) {
    const auto desks = make_reader("Kaomon*Other");
    const VpcdCard first(service.port(0), always_fine);
    ASSERT_TRUE(see(*reader, state, ReaderCondition::card_present, "Desk"));
    ReaderState named;
    ASSERT_TRUE(see(*desks, named, ReaderCondition::no_card, "Other"));
    const VpcdCard second(service.port(2), always_fine);
    EXPECT_TRUE(see(*desks, named, ReaderCondition::card_present, "Other"));
}

TEST_F(TwoReaders, AReaderGoesAwayAndComesBack) {
    const auto desks = make_reader("Other");
    ASSERT_TRUE(see(*desks, state, ReaderCondition::no_card, "Other"));
    service.stop();
    service.plug_in(1); // vpcd cannot be unplugged under a running service
    service.start();
    ASSERT_TRUE(see(*desks, state, ReaderCondition::no_reader));
    EXPECT_EQ(desks->open().error().reason, Reason::no_reader);
    service.stop();
    service.plug_in(2);
    service.start();
    ASSERT_TRUE(see(*desks, state, ReaderCondition::no_card, "Other"));
    const VpcdCard card(service.port(2), always_fine);
    EXPECT_TRUE(see(*desks, state, ReaderCondition::card_present, "Other"));
}

// A device with two slots: a card with contacts that lies in one of them for ever, patients at the other.
TEST(TwoSlots, TheContactlessOneIsFoundByItsFirstCard) {
    test::Pcscd service;
    const VpcdCard staff(service.port(0), always_fine);
    const auto early = make_reader("");
    ReaderState state;
    ASSERT_TRUE(see(*early, state, ReaderCondition::card_present, "00 00")) << "nothing better is known";
    {
        const VpcdCard patient(service.port(1), always_fine, false, VpcdCard::contactless_atr);
        ASSERT_TRUE(see(*early, state, ReaderCondition::card_present, "00 01"));
    }
    EXPECT_TRUE(see(*early, state, ReaderCondition::no_card, "00 01"))
        << "it waits for the next patient there";
}

} // namespace
} // namespace kaomon::card::pcsc
