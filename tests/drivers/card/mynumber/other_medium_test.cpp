// What is no My Number Card gets its own name.
#include "drivers/card/mynumber/free_data.hpp"
#include "drivers/card/mynumber/other_medium.hpp"
#include "drivers/card/simulated/kind.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"
#include "tests/drivers/card/scripted_card.hpp"

namespace kaomon::card::mynumber {
namespace {

using test::ScriptedCard;

std::string name_of(std::string_view kind) {
    simulated::Card card(test::of_kind(kind).issued.contents);
    test::HeldCard held(card);
    const auto data = read_free_data(held, test::today);
    EXPECT_EQ(held.verifies, 0);
    return data ? "read" : std::string(word(data.error().reason));
}

TEST(OtherMedium, EachHasItsOwnReason) {
    EXPECT_EQ(name_of("card"), "read");
    EXPECT_EQ(name_of("juki-card"), "juki_card");
    EXPECT_EQ(name_of("android-phone"), "phone_has_no_photo");
    EXPECT_EQ(name_of("iphone"), "phone_has_no_photo");
    EXPECT_EQ(name_of("residence-card"), "residence_card");
    EXPECT_EQ(name_of("drivers-licence"), "drivers_licence");
    EXPECT_EQ(name_of("type-a"), "type_a_card");
    EXPECT_EQ(name_of("felica"), "felica_card");
    EXPECT_EQ(name_of("other-card"), "not_my_number_card");
    EXPECT_EQ(name_of("expired"), "card_expired");
}

TEST(OtherMedium, AnExpiredCardIsStillNamedByItsLabel) { // Juki cards have all ended
    ScriptedCard card{
        {"00A4040C 0A D392F000260100000001", "9000"},
        {"00A4020C 02 0006", "9000"},
        {"00B00000 20", "4A504B4941504943 43544F4B454E2020 2020202020202020 2020202020202020 9000"}};
    EXPECT_EQ(name_other_medium(card, Reason::card_expired).reason, Reason::juki_card);
}

TEST(OtherMedium, ALabelThatCannotBeReadNamesNothing) {
    for (const char* status : {"6A82", "6982", "6F00"}) { // that it has expired is known from its date
        ScriptedCard card{{"00A4040C 0A D392F000260100000001", "9000"}, {"00A4020C 02 0006", status}};
        EXPECT_EQ(name_other_medium(card, Reason::card_expired).reason, Reason::card_expired) << status;
    }
    for (const char* status : {"6982", "6F00"}) {
        ScriptedCard card{{"00A4040C 0A D392F000260100000001", "9000"}, {"00A4020C 02 0006", status}};
        EXPECT_EQ(name_other_medium(card, Reason::not_my_number_card).reason, Reason::card_error) << status;
        ScriptedCard expired{{"00A4040C 0A D392F000260100000001", status}};
        EXPECT_EQ(name_other_medium(expired, Reason::card_expired).reason, Reason::card_expired) << status;
    }
    ScriptedCard gone{{"00A4040C 0A D392F000260100000001", "9000"},
                      {"00A4020C 02 0006", Reason::card_removed}};
    EXPECT_EQ(name_other_medium(gone, Reason::card_expired).reason, Reason::card_removed);
}

// What a reader answers for a card without commands of its own is the reader's invention.
TEST(OtherMedium, AStorageCardIsNamedWhateverTheReaderAnswers) {
    class Storage final : public CardTransaction {
      public:
        Storage(std::string_view atr, std::string_view answer)
            : atr_(test::from_hex(atr)), answer_(test::from_hex(answer)) {}
        Result<SecretBytes> transmit(ByteView) override { return answer_; }
        ByteView atr() const noexcept override { return atr_; }
        std::size_t read_block() const noexcept override { return 256; }

      private:
        SecretBytes atr_, answer_;
    };
    const auto named = [](std::string_view atr, std::string_view answer) {
        Storage card(atr, answer);
        return read_free_data(card, test::today).error().reason;
    };
    for (const char* answer : {"6A82", "6A81", "6300", "6F00", "6700"}) {
        EXPECT_EQ(named("3B8F8001804F0CA00000030611003B0000000042", answer), Reason::felica_card) << answer;
        EXPECT_EQ(named("3B8F8001804F0CA000000306030001000000006A", answer), Reason::type_a_card) << answer;
    }
    EXPECT_EQ(named("3B8980014A434F503331563232E4", "6F00"), Reason::card_error) << "a chip, type A";
}

// The answers to reset are of PC/SC part 3 and of readers' manuals.
TEST(OtherMedium, TheAnswerToResetNamesOnlyWhatItMust) {
    const auto named = [](std::string_view atr) {
        const auto reason = named_by_atr(test::from_hex(atr));
        return reason ? std::string(word(*reason)) : "";
    };
    EXPECT_EQ(named("3B8F8001804F0CA000000306030001000000006A"), "type_a_card"); // MIFARE Standard 1K
    EXPECT_EQ(named("3B8F8001804F0CA00000030611003B0000000042"), "felica_card");
    EXPECT_EQ(named("3B8F8001804F0CA0000003060B00140000000077"), "") << "ISO 15693";
    EXPECT_EQ(named("3B8980014A434F503331563232E4"), "type_a_card") << "9 historical bytes: type B has 8";
    EXPECT_EQ(named("3B888001000000000081910018"), "") << "type B, as this card itself";
    EXPECT_EQ(named("3BE000FF8131FE4514"), "") << "a card by its contacts";
    EXPECT_EQ(named("3B"), "");
    EXPECT_EQ(named(""), "");
}

} // namespace
} // namespace kaomon::card::mynumber
