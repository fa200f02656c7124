// READ BINARY, READ RECORD, GET CHALLENGE, and what opens which file.
#include "drivers/card/simulated/card.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::simulated {
namespace {

class CardReadTest : public ::testing::Test {
  protected:
    Card card_{sample_card().issued.contents};
    const Holder& holder_ = sample_card().holder;
    std::uint16_t status(std::string_view command) { return send(card_, command).status.value; }
    std::uint16_t read(std::uint16_t id) {
        EXPECT_EQ(select_file(card_, id).status, sw::ok);
        return status("00B0000004");
    }
};

constexpr std::uint16_t open = 0x9000, closed = 0x6982;

TEST_F(CardReadTest, PhotoApplicationOpensFileByFile) {
    const auto expect = [&](std::uint16_t age, std::uint16_t face, std::uint16_t number) {
        EXPECT_EQ(read(0x0001), age);
        EXPECT_EQ(read(0x0002), face);
        EXPECT_EQ(read(0x0003), open);
        EXPECT_EQ(read(0x0004), open);
        EXPECT_EQ(read(0x0005), number);
    };
    select_application(card_, photo_application);
    expect(closed, closed, closed);
    ASSERT_EQ(verify(card_, 0x0011, birth_code(holder_)).status, sw::ok);
    expect(open, closed, closed);
    card_.reset();
    select_application(card_, photo_application);
    ASSERT_EQ(verify(card_, 0x0012, access_number(holder_)).status, sw::ok);
    expect(closed, open, closed);
    card_.reset();
    select_application(card_, photo_application);
    ASSERT_EQ(verify(card_, 0x0013, impossible_my_number).status, sw::ok);
    expect(closed, open, open);
}

TEST_F(CardReadTest, TextApplicationOpensFileByFile) {
    const auto expect = [&](std::uint16_t secret, std::string_view value, std::uint16_t number,
                            std::uint16_t attributes) {
        card_.reset();
        select_application(card_, text_application);
        EXPECT_EQ(read(0x0001), closed);
        EXPECT_EQ(read(0x0002), closed);
        EXPECT_EQ(read(0x0003), closed);
        ASSERT_EQ(verify(card_, secret, value).status, sw::ok);
        EXPECT_EQ(read(0x0001), number);
        EXPECT_EQ(read(0x0002), attributes);
        EXPECT_EQ(read(0x0003), open);
        EXPECT_EQ(read(0x0004), open);
    };
    expect(0x0011, holder_.text_pin, open, open);
    expect(0x0014, impossible_my_number, open, closed);
    expect(0x0015, access_number(holder_), closed, open);
}

TEST_F(CardReadTest, JpkiCertificatesButTheSigningOneAreFree) {
    select_application(card_, jpki_application);
    for (const std::uint16_t id : std::initializer_list<std::uint16_t>{0x000A, 0x000B, 0x0002, 0x0006})
        EXPECT_EQ(read(id), open);
    EXPECT_EQ(read(0x0001), closed);
    ASSERT_EQ(verify(card_, 0x0018, holder_.sign_in_pin).status, sw::ok);
    EXPECT_EQ(read(0x0001), closed) << "the other PIN";
    ASSERT_EQ(verify(card_, 0x001B, holder_.sign_password).status, sw::ok);
    EXPECT_EQ(read(0x0001), open);
    select_file(card_, 0x0008);
    EXPECT_EQ(to_hex(send(card_, "00B0000003").data), "8f8f00");
    select_file(card_, 0x0006);
    const auto label = send(card_, "00B000000F").data;
    EXPECT_EQ(std::string(label.begin(), label.end()), "JPKIAPICCTOKEN2");
}

TEST_F(CardReadTest, AVerifyHoldsInItsApplicationUntilTheReset) {
    select_application(card_, photo_application);
    ASSERT_EQ(verify(card_, 0x0012, access_number(holder_)).status, sw::ok);
    select_application(card_, text_application);
    EXPECT_EQ(read(0x0002), closed);
    select_application(card_, photo_application);
    EXPECT_EQ(read(0x0002), open);
    card_.reset();
    select_application(card_, photo_application);
    EXPECT_EQ(read(0x0002), closed);
}

TEST_F(CardReadTest, BlocksOffsetsAndTheEndOfTheFile) {
    select_application(card_, photo_application);
    EXPECT_EQ(status("00B0000000"), 0x6986);
    const auto whole = read_whole(card_, 0x0004);
    ASSERT_EQ(whole.size(), 568U);
    EXPECT_EQ(send(card_, "00B0000000").data.size(), 256U);
    const auto tail = send(card_, "00B0020000");
    EXPECT_EQ(tail.status.value, 0x6282);
    EXPECT_EQ(tail.data, SecretBytes(whole.begin() + 512, whole.end()));
    EXPECT_EQ(send(card_, "00B0020038").status.value, 0x9000) << "exactly to the end";
    EXPECT_EQ(status("00B0023801"), 0x6B00);
    EXPECT_EQ(status("00B07FFF01"), 0x6B00);
    EXPECT_EQ(status("00B00000"), 0x6700);
    const auto extended = send(card_, "00B00000 000238");
    EXPECT_EQ(extended.status, sw::ok);
    EXPECT_EQ(extended.data, whole);
    EXPECT_EQ(status("00B00000 000000"), 0x6282);
}

TEST_F(CardReadTest, ShortIdSelectsTheFileAsASideEffect) {
    select_application(card_, photo_application);
    const auto first = send(card_, "00B0840005"); // 80 + 04, offset 0
    EXPECT_EQ(first.status, sw::ok);
    EXPECT_EQ(send(card_, "00B0000005").data, first.data);
    EXPECT_EQ(status("00B08C0005"), 0x6A82);
    EXPECT_EQ(status("00B0820005"), 0x6982);
    EXPECT_EQ(status("00B0920005"), 0x6981) << "secrets are not read";
    EXPECT_EQ(status("00B0800005"), 0x6A86);
    EXPECT_EQ(status("00B09F0005"), 0x6A86);
}

TEST_F(CardReadTest, CardInformationIsARecord) {
    select_application(card_, common_application);
    EXPECT_EQ(status("00B2010400"), 0x6986);
    select_file(card_, 0x0001);
    const auto record = send(card_, "00B2010400");
    ASSERT_EQ(record.status, sw::ok);
    ASSERT_EQ(record.data.size(), 30U);
    const std::string text(record.data.begin() + 2, record.data.end());
    EXPECT_EQ(to_hex(ByteView(record.data).first(2)), "011c");
    EXPECT_EQ(text.substr(0, 1), "9") << "a serial number nobody has";
    EXPECT_EQ(text.substr(15), holder_.municipality + digits_of(holder_.card_expiry));
    EXPECT_EQ(send(card_, "00B2010C00").data, record.data) << "by short id";
    EXPECT_EQ(status("00B2020400"), 0x6A83);
    EXPECT_EQ(status("00B2000400"), 0x6A83);
    EXPECT_EQ(status("00B2010500"), 0x6A86);
    EXPECT_EQ(status("00B0000004"), 0x6981);
}

TEST_F(CardReadTest, ChallengesAreFresh) {
    const auto one = send(card_, "0084000008"), two = send(card_, "0084000008");
    EXPECT_EQ(one.data.size(), 8U);
    EXPECT_NE(one.data, two.data);
    EXPECT_EQ(status("00840000"), 0x6700);
    EXPECT_EQ(status("0084010008"), 0x6A86);
}

} // namespace
} // namespace kaomon::card::simulated
