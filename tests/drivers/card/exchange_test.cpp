#include "drivers/card/exchange.hpp"
#include "tests/drivers/card/scripted_card.hpp"

namespace kaomon::card {
namespace {

using test::ScriptedCard;

const Command read_eight{0x00, 0xB0, 0x00, 0x00, {}, 8};
const Command verify{0x00, 0x20, 0x00, 0x80, {'1', '2', '3', '4'}, 0};

TEST(Exchange, PassesDataAndStatusWord) {
    ScriptedCard card{{"00B0000008", "0102 6282"}};
    const auto response = exchange(card, read_eight);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->data, (SecretBytes{1, 2}));
    EXPECT_EQ(response->status, sw::end_of_file);
}

TEST(Exchange, FetchesWhatWaits) {
    ScriptedCard card{{"00B0000008", "01 6102"}, {"00C0000002", "0203 6100"}, {"00C0000000", "04 9000"}};
    const auto response = exchange(card, read_eight);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->data, (SecretBytes{1, 2, 3, 4}));
    EXPECT_EQ(response->status, sw::ok);
}

TEST(Exchange, AsksAgainWithTheLengthTheCardNames) {
    ScriptedCard card{{"00B0000008", "6C04"}, {"00B0000004", "01020304 9000"}};
    const auto response = exchange(card, read_eight);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->data.size(), 4U);
}

TEST(Exchange, AsksAgainOnlyOnce) {
    ScriptedCard card{{"00B0000008", "6C04"}, {"00B0000004", "6C08"}};
    EXPECT_EQ(exchange(card, read_eight)->status.value, 0x6C08);
}

TEST(Exchange, AVerifyLeavesOnceWhateverTheCardAnswers) {
    for (const char* answer : {"6C04", "6104", "63C2", "6984", "9000"}) {
        ScriptedCard card{{"00200080 04 31323334", answer}};
        EXPECT_TRUE(exchange(card, verify)) << answer;
    }
}

TEST(Exchange, EndsOnACardThatPromisesForEver) {
    ScriptedCard empty{{"00B0000008", "6108"}, {"00C0000008", "6108"}};
    EXPECT_EQ(exchange(empty, read_eight).error().reason, Reason::card_error);

    struct Endless : CardTransaction {
        int commands = 0;
        Result<SecretBytes> transmit(ByteView) override {
            ++commands;
            SecretBytes answer(256, 0xAA);
            answer.insert(answer.end(), {0x61, 0x00});
            return answer;
        }
        ByteView atr() const noexcept override { return {}; }
        std::size_t read_block() const noexcept override { return 256; }
    } endless;
    EXPECT_EQ(exchange(endless, read_eight).error().reason, Reason::card_error);
    EXPECT_LE(endless.commands, 258);
}

TEST(Exchange, PassesTheTransportsFailureOn) {
    for (const Reason reason :
         {Reason::card_removed, Reason::card_error, Reason::reader_service_down, Reason::no_reader}) {
        ScriptedCard card{{"00B0000008", reason}};
        EXPECT_EQ(exchange(card, read_eight).error().reason, reason);
        ScriptedCard later{{"00B0000008", "6101"}, {"00C0000001", reason}};
        EXPECT_EQ(exchange(later, read_eight).error().reason, reason);
    }
}

TEST(Exchange, AnAnswerWithoutStatusWordIsAnError) {
    for (const char* answer : {"", "90"}) {
        ScriptedCard card{{"00B0000008", answer}};
        EXPECT_EQ(exchange(card, read_eight).error().reason, Reason::card_error);
    }
}

} // namespace
} // namespace kaomon::card
