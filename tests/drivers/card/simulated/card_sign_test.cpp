// Signatures: which key, who may, what is padded.
#include "drivers/card/simulated/card.hpp"
#include "drivers/card/simulated/key.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::simulated {
namespace {

class CardSignTest : public ::testing::Test {
  protected:
    // The public half of a key file, from the contents.
    Bytes modulus(std::string_view application, std::uint16_t id) {
        Application found = *find_application(card_.contents(), application);
        return CardKey::from_pkcs8(find_file(found, id)->content)->modulus();
    }
    Response sign(std::uint8_t p1, std::uint8_t p2, ByteView data, std::uint32_t ne = 256) {
        return send(card_, Command{0x80, 0x2A, p1, p2, {data.begin(), data.end()}, ne});
    }

    Card card_{sample_card().issued.contents};
    const Bytes message_ = hex("00112233445566778899");
};

TEST_F(CardSignTest, TheChipAnswersAChallengeWithoutAPin) {
    select_application(card_, photo_application);
    const Bytes info = digest_info(sha256(message_));
    const auto answer = sign(0x00, 0x00, info);
    ASSERT_EQ(answer.status, sw::ok);
    EXPECT_EQ(recover(modulus(photo_application, 0x001A), answer.data), info);
}

TEST_F(CardSignTest, EachVariantOfP1) {
    select_application(card_, photo_application);
    const Bytes n = modulus(photo_application, 0x001A);
    const Sha256 hash = sha256(message_);
    EXPECT_EQ(recover(n, sign(0x00, 0x00, message_).data), message_);
    EXPECT_EQ(recover(n, sign(0x01, 0x00, message_).data), Bytes(hash.begin(), hash.end()));
    EXPECT_EQ(recover(n, sign(0x02, 0x00, hash).data), digest_info(hash));
    EXPECT_EQ(recover(n, sign(0x03, 0x00, message_).data), digest_info(hash));
    EXPECT_EQ(sign(0x02, 0x00, message_).status, sw::wrong_length);
    EXPECT_EQ(sign(0x06, 0x00, message_).status, sw::wrong_p1p2);
}

TEST_F(CardSignTest, LengthsAtTheirLimits) {
    select_application(card_, photo_application);
    EXPECT_EQ(sign(0x00, 0x00, Bytes(245, 7)).status, sw::ok);
    EXPECT_EQ(sign(0x00, 0x00, Bytes(246, 7)).status, sw::wrong_length);
    EXPECT_EQ(sign(0x00, 0x00, {}).status, sw::wrong_length);
    EXPECT_EQ(sign(0x00, 0x00, message_, 0).status, sw::wrong_length);
    EXPECT_EQ(sign(0x00, 0x00, message_, 128).status.value, 0x6C00);
}

TEST_F(CardSignTest, SignInKeyNeedsItsPin) {
    select_application(card_, jpki_application);
    ASSERT_EQ(select_file(card_, 0x0017).status, sw::ok);
    EXPECT_EQ(sign(0x00, 0x80, message_).status, sw::security_not_met);
    ASSERT_EQ(verify(card_, 0x0018, "1234").status, sw::ok);
    EXPECT_EQ(sign(0x00, 0x80, message_).status, sw::wrong_file_structure) << "the PIN file is current";
    const auto by_short_id = sign(0x00, 0x97, message_);
    ASSERT_EQ(by_short_id.status, sw::ok);
    EXPECT_EQ(recover(modulus(jpki_application, 0x0017), by_short_id.data), message_);
    EXPECT_EQ(sign(0x00, 0x80, message_).status, sw::ok) << "and is current now";
    EXPECT_EQ(sign(0x00, 0x9A, message_).status, sw::security_not_met)
        << "the signing key has its own password";
    EXPECT_EQ(sign(0x00, 0x00, message_).status, sw::no_key_data) << "no key without a PIN here";
    card_.reset();
    EXPECT_EQ(sign(0x00, 0x97, message_).status, sw::no_current_file);
}

TEST_F(CardSignTest, InternalAuthenticateIsTheCommonApplications) {
    EXPECT_EQ(send(card_, "0088009904 01020304 00").status, sw::wrong_instruction);
    select_application(card_, common_application);
    const auto answer = send(card_, "0088009904 01020304 00");
    ASSERT_EQ(answer.status, sw::ok);
    EXPECT_EQ(recover(modulus(common_application, 0x0019), answer.data), hex("01020304"));
    EXPECT_EQ(send(card_, "0088009804 01020304 00").status, sw::wrong_p1p2);
}

TEST_F(CardSignTest, NoTerminalIsBelieved) {
    select_application(card_, jpki_application);
    const auto present = [&](std::uint8_t p2, std::size_t size) {
        return send(card_, Command{0x80, 0xA2, 0x00, p2, SecretBytes(size, 0), 0}).status;
    };
    EXPECT_EQ(present(0xC1, 256), sw::wrong_length);
    EXPECT_EQ(present(0xC0, 307), sw::wrong_p1p2);
    EXPECT_EQ(present(0xC1, 307), sw::security_not_met);
}

} // namespace
} // namespace kaomon::card::simulated
