// What a VERIFY costs and what outlives it.
#include "drivers/card/simulated/card.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::simulated {
namespace {

constexpr std::uint16_t number_b = 0x0012;

class CardVerifyTest : public ::testing::Test {
  protected:
    CardVerifyTest() { select_application(card_, photo_application); }

    std::uint16_t look() { return verify(card_, number_b, "").status.value; }
    std::uint16_t try_value(std::string_view value) { return verify(card_, number_b, value).status.value; }

    bool disk_works_ = true;
    std::vector<int> written_;
    Card card_{sample_card().issued.contents, [this](const Contents& contents) {
                   Contents copy = contents;
                   for (Application& application : copy.applications) {
                       if (application.name == photo_application)
                           written_.push_back(find_file(application, number_b)->tries_left);
                   }
                   return disk_works_;
               }};
    const std::string right_ = access_number(sample_card().holder);
    const std::string wrong_ = "00000000000000";
};

TEST_F(CardVerifyTest, LookingIsFree) {
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(look(), 0x63CA);
    EXPECT_TRUE(written_.empty());
}

TEST_F(CardVerifyTest, ARightValueOpensAndTheEmptyVerifySaysSo) {
    EXPECT_EQ(try_value(right_), 0x9000);
    EXPECT_EQ(look(), 0x9000);
    card_.reset();
    select_application(card_, photo_application);
    EXPECT_EQ(look(), 0x63CA);
}

TEST_F(CardVerifyTest, EachWrongValueCostsOneTryAndARightOneRestoresAll) {
    EXPECT_EQ(try_value(wrong_), 0x63C9);
    EXPECT_EQ(try_value(wrong_), 0x63C8);
    EXPECT_EQ(look(), 0x63C8);
    EXPECT_EQ(try_value(right_), 0x9000);
    card_.reset();
    select_application(card_, photo_application);
    EXPECT_EQ(look(), 0x63CA);
    EXPECT_EQ(written_, (std::vector<int>{9, 8, 10}));
}

TEST_F(CardVerifyTest, AWrongValueTakesBackWhatWasVerified) {
    ASSERT_EQ(try_value(right_), 0x9000);
    EXPECT_EQ(try_value(wrong_), 0x63C9);
    EXPECT_EQ(look(), 0x63C9);
    select_file(card_, 0x0002);
    EXPECT_EQ(send(card_, "00B0000004").status, sw::security_not_met);
}

TEST_F(CardVerifyTest, ALockedSecretStaysLocked) {
    for (int left = 9; left >= 0; --left)
        EXPECT_EQ(try_value(wrong_), 0x63C0 | left);
    EXPECT_EQ(try_value(wrong_), 0x6984);
    EXPECT_EQ(try_value(right_), 0x6984);
    card_.reset();
    select_application(card_, photo_application);
    EXPECT_EQ(try_value(right_), 0x6984);
    EXPECT_EQ(look(), 0x63C0);
    EXPECT_EQ(written_.size(), 10U);
}

TEST_F(CardVerifyTest, SecretsCountApart) {
    try_value(wrong_);
    EXPECT_EQ(verify(card_, 0x0013, "").status.value, 0x63CA);
    EXPECT_EQ(verify(card_, 0x0011, "999999").status.value, 0x63C9);
    EXPECT_EQ(look(), 0x63C9);
    select_application(card_, jpki_application);
    EXPECT_EQ(verify(card_, 0x0018, "").status.value, 0x63C3);
    EXPECT_EQ(verify(card_, 0x001B, "").status.value, 0x63C5);
    select_application(card_, text_application);
    EXPECT_EQ(verify(card_, 0x0011, "").status.value, 0x63C3);
    EXPECT_EQ(verify(card_, 0x0015, "").status.value, 0x63CA) << "number B of another application";
}

TEST_F(CardVerifyTest, TriesAreWrittenBeforeTheyAreTold) {
    disk_works_ = false;
    EXPECT_EQ(try_value(wrong_), 0x6581);
    EXPECT_EQ(look(), 0x63CA);
    EXPECT_EQ(try_value(right_), 0x9000) << "nothing to write: ten of ten";
    disk_works_ = true;
    EXPECT_EQ(try_value(wrong_), 0x63C9);
    disk_works_ = false;
    EXPECT_EQ(try_value(right_), 0x6581);
    EXPECT_NE(look(), 0x9000);
}

TEST_F(CardVerifyTest, ByShortIdAndTheWordsForWhatIsNoSecret) {
    EXPECT_EQ(send(card_, "00200092").status.value, 0x63CA); // 80 + 12
    EXPECT_EQ(send(card_, "00200080").status.value, 0x63CA) << "and that file is current now";
    EXPECT_EQ(send(card_, "00200084").status.value, 0x6981);
    EXPECT_EQ(send(card_, "0020008D").status.value, 0x6A82);
    EXPECT_EQ(send(card_, "00200180").status.value, 0x6A86);
    EXPECT_EQ(send(card_, "00200000").status.value, 0x6A86);
    card_.reset();
    EXPECT_EQ(send(card_, "00200080").status.value, 0x6986);
    EXPECT_TRUE(written_.empty());
}

TEST_F(CardVerifyTest, AWrongLengthIsAWrongValue) {
    EXPECT_EQ(try_value(right_.substr(0, 13)), 0x63C9);
    EXPECT_EQ(try_value(right_ + "0"), 0x63C8);
}

} // namespace
} // namespace kaomon::card::simulated
