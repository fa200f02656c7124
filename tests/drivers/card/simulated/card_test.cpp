// SELECT, classes, reset, what belongs to the whole card.
#include "drivers/card/simulated/card.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::simulated {
namespace {

class CardTest : public ::testing::Test {
  protected:
    Card card_{sample_card().issued.contents};
    std::uint16_t status(std::string_view command) { return send(card_, command).status.value; }
};

TEST_F(CardTest, EveryApplicationIsFoundByItsWholeName) {
    EXPECT_EQ(status("00A4040C0A D3921000310001010100"), 0x9000);
    EXPECT_EQ(status("00A4040C0A D3921000310001010401"), 0x9000);
    EXPECT_EQ(status("00A4040C0A D3921000310001010402"), 0x9000);
    EXPECT_EQ(status("00A4040C0A D3921000310001010408"), 0x9000);
    EXPECT_EQ(status("00A4040C0A D392F000260100000001"), 0x9000);
    EXPECT_EQ(status("00A4040C07 A0000001510000"), 0x9000);
    EXPECT_EQ(status("00A4040C09 D39210003100010104"), 0x6A82);
    EXPECT_EQ(status("00A4040C10 A0000002310100000000000000000000"), 0x6A82) << "no driver's licence";
    EXPECT_EQ(status("00A4040C"), 0x6A82);
    EXPECT_EQ(status("00A4047F0A D3921000310001010402"), 0x6A86);
}

TEST_F(CardTest, AFailedSelectLeavesEverythingAsItWas) {
    select_application(card_, photo_application);
    select_file(card_, 0x0004);
    EXPECT_EQ(status("00A4040C02 ABCD"), 0x6A82);
    EXPECT_EQ(status("00A4020C02 ABCD"), 0x6A82);
    EXPECT_EQ(status("00A4020C01 00"), 0x6700);
    EXPECT_EQ(status("00B0000004"), 0x9000);
}

TEST_F(CardTest, FilesAreTheApplicationsOwn) {
    EXPECT_EQ(select_file(card_, 0x0001).status.value, 0x6A82) << "none is selected after a reset";
    select_application(card_, jpki_application);
    EXPECT_EQ(select_file(card_, 0x000A).status.value, 0x9000);
    select_application(card_, photo_application);
    EXPECT_EQ(status("00B0000004"), 0x6986) << "a new application has no current file";
    EXPECT_EQ(select_file(card_, 0x000A).status.value, 0x6A82);
}

TEST_F(CardTest, SelectMasterFileMisleads) {
    EXPECT_EQ(status("00A40000"), 0x6A86);
    select_application(card_, photo_application);
    EXPECT_EQ(status("00A40000"), 0x9000);
    EXPECT_EQ(select_file(card_, 0x0004).status.value, 0x9000) << "it changed nothing";
}

TEST_F(CardTest, NonsenseHasStatusWordsToo) {
    EXPECT_EQ(status(""), 0x6700);
    EXPECT_EQ(status("00A404"), 0x6700);
    EXPECT_EQ(status("00A4040C0A D392"), 0x6700);
    EXPECT_EQ(status("00FF0000"), 0x6D00);
    EXPECT_EQ(status("80B0000000"), 0x6D00);
    EXPECT_EQ(status("A0A40000023F00"), 0x6E00);
    EXPECT_EQ(status("0820008004 31323334"), 0x69FC);
    select_application(card_, text_application);
    EXPECT_EQ(status("0820008004 31323334"), 0x66F1);
}

TEST_F(CardTest, UidIsNewAtEachActivation) {
    const auto first = send(card_, "FFCA000000");
    EXPECT_EQ(first.status, sw::ok);
    EXPECT_EQ(first.data.size(), 4U);
    EXPECT_EQ(send(card_, "FFCA000000").data, first.data);
    card_.reset();
    EXPECT_NE(send(card_, "FFCA000000").data, first.data);
}

TEST_F(CardTest, AtrIsAContactlessTypeBOne) {
    const ByteView atr = card_.atr();
    ASSERT_EQ(atr.size(), 13U);
    EXPECT_EQ(to_hex(atr.first(4)), "3b888001");
    std::uint8_t check = 0;
    for (const std::uint8_t byte : atr.subspan(1))
        check = static_cast<std::uint8_t>(check ^ byte);
    EXPECT_EQ(check, 0);
}

TEST_F(CardTest, DataObjectsAnswerWithTheSecurityDomainAlone) {
    const auto expiry = send(card_, "00CA00F200");
    EXPECT_EQ(expiry.status, sw::ok);
    EXPECT_EQ(std::string(expiry.data.begin(), expiry.data.end()),
              digits_of(sample_card().holder.card_expiry));
    EXPECT_EQ(status("00CA00F000"), 0x9000);
    EXPECT_EQ(status("00CA123400"), 0x6A88);
    select_application(card_, photo_application);
    EXPECT_EQ(status("00CA00F200"), 0x6A88);
    EXPECT_EQ(status("00A4040C07 A0000001510000"), 0x9000);
    EXPECT_EQ(status("00CA00F200"), 0x9000);
}

TEST_F(CardTest, TwoCardsShareNothing) {
    Card other(sample_card().issued.contents);
    select_application(card_, photo_application);
    verify(card_, 0x0012, access_number(sample_card().holder));
    verify(card_, 0x0011, "000000");
    select_application(other, photo_application);
    EXPECT_EQ(verify(other, 0x0011, "").status.value, 0x63CA);
    EXPECT_EQ(verify(other, 0x0012, "").status.value, 0x63CA);
}

} // namespace
} // namespace kaomon::card::simulated
