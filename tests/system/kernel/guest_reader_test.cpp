// The card driver through pcscd and its own driver libccid at a USB reader that the kernel believes in. Runs
// inside the virtual machine that kernel_test boots, never on the host.
#include "drivers/card/mynumber/face_reading.hpp"
#include "drivers/card/pcsc/pcsc_reader.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"
#include "tests/system/kernel/ccid_reader.hpp"

#include <gtest/gtest.h>

#include <iostream>

namespace kaomon::card {
namespace {

using namespace std::chrono_literals;

// Of libccid's list, with a contactless slot: USB class and strings as the kernel passes them on.
const test::UsbIdentity rc_s300{0x054C, 0x0DC8, "SONY", "FeliCa RC-S300/S"};

class UsbReader : public testing::Test {
  protected:
    static void SetUpTestSuite() { usb = new test::CcidReader(rc_s300); }
    static void TearDownTestSuite() {
        delete usb;
        usb = nullptr;
    }
    void TearDown() override { usb->take_away(); }

    // The machine is emulated, and its USB bus is looked through when something is plugged in.
    bool until(ReaderCondition wanted) {
        const Instant end = SteadyClock::now() + 60s;
        while (state_.condition != wanted && SteadyClock::now() < end)
            state_ = reader_->wait(state_, end);
        return state_.condition == wanted;
    }
    void read_face() {
        auto held = reader_->open();
        ASSERT_TRUE(held) << held.error().detail;
        mynumber::Guard guard(6);
        const auto read = mynumber::read_face(**held, test::parts("55", "2285"), guard,
                                              mynumber::IdempotencyKey{1}, test::trust(), test::today);
        ASSERT_TRUE(read) << word(read.error().reason) << ": " << read.error().detail;
        EXPECT_FALSE(read->genuineness.reason);
        EXPECT_EQ(read->photo.size(), test::issued().photo_bytes);
    }

    inline static test::CcidReader* usb = nullptr;
    simulated::Card card_{test::issued().contents};
    std::unique_ptr<Reader> reader_ = pcsc::make_reader("");
    ReaderState state_;
};

TEST_F(UsbReader, HasTheNameThatItsDriverKnows) {
    ASSERT_TRUE(until(ReaderCondition::no_card));
    EXPECT_TRUE(state_.reader.starts_with("SONY FeliCa RC-S300/S [CCID Interface]")) << state_.reader;
}

TEST_F(UsbReader, AVisitFromTapToChip) {
    ASSERT_TRUE(until(ReaderCondition::no_card));
    usb->put(card_);
    ASSERT_TRUE(until(ReaderCondition::card_present));
    read_face();
    usb->take_away();
    ASSERT_TRUE(until(ReaderCondition::no_card));
}

TEST_F(UsbReader, ItCarriesExtendedLengthWhereTheOperatorSaysSo) {
    reader_ = pcsc::make_reader(pcsc::Settings{.reader = {}, .read_block = 2048});
    ASSERT_TRUE(until(ReaderCondition::no_card));
    usb->put(card_);
    ASSERT_TRUE(until(ReaderCondition::card_present));
    const auto held = reader_->open();
    ASSERT_TRUE(held) << held.error().detail;
    EXPECT_GT((*held)->read_block(), 256U);
    ASSERT_TRUE((*held)->transmit(
        Bytes{0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01}));
    ASSERT_TRUE((*held)->transmit(Bytes{0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x0A}));
    const auto answer = (*held)->transmit(Bytes{0x00, 0xB0, 0x00, 0x00, 0x00, 0x02, 0x00}); // Le = 512
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->size(), 514U);
}

// The plug is pulled while the card lies there and while it is read, and put back: nobody restarts anything.
TEST_F(UsbReader, ComesAndGoes) {
    ASSERT_TRUE(until(ReaderCondition::no_card));
    usb->put(card_);
    ASSERT_TRUE(until(ReaderCondition::card_present));
    {
        const auto held = reader_->open();
        ASSERT_TRUE(held) << held.error().detail;
        usb->unplug();
        const auto answer = (*held)->transmit(
            Bytes{0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00});
        ASSERT_FALSE(answer);
        std::cout << "pulled while it was read: " << word(answer.error().reason) << '\n';
        EXPECT_TRUE(answer.error().reason == Reason::no_reader ||
                    answer.error().reason == Reason::card_removed ||
                    answer.error().reason == Reason::card_error)
            << answer.error().detail;
    }
    ASSERT_TRUE(until(ReaderCondition::no_reader));
    usb->plug();
    ASSERT_TRUE(until(ReaderCondition::card_present));
    read_face();
}

} // namespace
} // namespace kaomon::card
