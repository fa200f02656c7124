#include "drivers/card/mynumber/file.hpp"
#include "tests/drivers/card/scripted_card.hpp"

namespace kaomon::card::mynumber {
namespace {

using test::ScriptedCard;

std::string hex_of(std::size_t size, std::string_view status) {
    return to_hex(Bytes(size, 0x11)) + std::string(status);
}

std::string outcome(const Result<SecretBytes>& bytes) {
    return bytes ? std::to_string(bytes->size()) : std::string(word(bytes.error().reason));
}

TEST(ReadFile, InBlocksOf256) {
    ScriptedCard card{{"00B0000000", hex_of(256, "9000")},
                      {"00B0010000", hex_of(256, "9000")},
                      {"00B0020058", hex_of(88, "9000")}};
    EXPECT_EQ(outcome(read_file(card, 0, 600)), "600");
}

TEST(ReadFile, InLargerBlocksWhereTheReaderTakesThem) {
    ScriptedCard card{{"00B00005 00 0258", hex_of(600, "9000")}};
    card.block = 2048;
    EXPECT_EQ(outcome(read_file(card, 5, 600)), "600");
}

TEST(ReadFile, GoesOnWhereTheCardGaveLess) {
    ScriptedCard card{{"00B000000A", hex_of(4, "9000")}, {"00B0000406", hex_of(6, "9000")}};
    EXPECT_EQ(outcome(read_file(card, 0, 10)), "10");
}

TEST(ReadFile, AFileThatEndsEarlierIsMalformed) {
    ScriptedCard warned{{"00B000000A", hex_of(4, "6282")}};
    EXPECT_EQ(outcome(read_file(warned, 0, 10)), "card_data_malformed");
    ScriptedCard beyond{{"00B000000A", "6B00"}};
    EXPECT_EQ(outcome(read_file(beyond, 0, 10)), "card_data_malformed");
    ScriptedCard nothing{{"00B000000A", "9000"}};
    EXPECT_EQ(outcome(read_file(nothing, 0, 10)), "card_data_malformed");
}

TEST(ReadFile, TheWarningDoesNotMatterOnceAllIsThere) {
    ScriptedCard card{{"00B000000A", hex_of(10, "6282")}};
    EXPECT_EQ(outcome(read_file(card, 0, 10)), "10");
}

TEST(ReadFile, MoreThanWasAskedForIsAnError) {
    ScriptedCard card{{"00B000000A", hex_of(11, "9000")}};
    EXPECT_EQ(outcome(read_file(card, 0, 10)), "card_error");
}

TEST(ReadFile, NoOffsetBeyond15Bits) {
    ScriptedCard card{{"00B07FFF02", hex_of(1, "9000")}};
    EXPECT_EQ(outcome(read_file(card, 0x7FFF, 2)), "card_data_malformed");
}

TEST(ReadFile, OtherStatusWordsAreErrorsThatNameThemselves) {
    for (const char* status :
         {"6982", "6986", "6981", "6A82", "6700", "6D00", "6E00", "66F1", "69FC", "6F00"}) {
        ScriptedCard card{{"00B000000A", status}};
        const auto bytes = read_file(card, 0, 10);
        ASSERT_FALSE(bytes);
        EXPECT_EQ(bytes.error().reason, Reason::card_error);
        EXPECT_NE(bytes.error().detail.find(to_hex(test::from_hex(status))), std::string::npos)
            << bytes.error().detail;
    }
}

std::string repeated(std::string_view byte, int times) {
    std::string text;
    for (int i = 0; i < times; ++i)
        text += byte;
    return text;
}

TEST(ReadObject, ReadsABlockAndThenTheRest) {
    // 300 bytes of value behind a head of 5: a block of 256, then 49
    ScriptedCard card{{"00B0000000", "7F2182012C" + repeated("AA", 251) + "9000"},
                      {"00B0010031", repeated("BB", 49) + "9000"}};
    const auto bytes = read_object(card, 0x7F21, 1000);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(bytes->size(), 305U);
    EXPECT_EQ(to_hex(ByteView(*bytes).last(49)), to_hex(test::from_hex(repeated("BB", 49))));
}

TEST(ReadObject, AShortFileTakesOneCommand) {
    for (const char* answer : {"7F21820004AABBCCDD 6282", "7F21820004AABBCCDDFFFF 6282"}) {
        ScriptedCard card{{"00B0000000", answer}};
        const auto bytes = read_object(card, 0x7F21, 100);
        ASSERT_TRUE(bytes);
        EXPECT_EQ(to_hex(*bytes), "7f21820004aabbccdd") << "what stands behind it is not the object's";
    }
    ScriptedCard cut{{"00B0000000", "7F21820004AABB 6282"}, {"00B0000702", "6B00"}};
    EXPECT_EQ(outcome(read_object(cut, 0x7F21, 100)), "card_data_malformed");
    ScriptedCard empty{{"00B0000000", "6282"}};
    EXPECT_EQ(outcome(read_object(empty, 0x7F21, 100, 2)), "card_data_malformed");
}

TEST(ReadObject, PassesOverTheBytesInFront) {
    ScriptedCard card{{"00B0000000", "0102FF2003AABBCC 6282"}};
    const auto bytes = read_object(card, 0xFF20, 100, 2);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(to_hex(*bytes), "ff2003aabbcc");
    ScriptedCard strict{{"00B0000000", "0102FF2003AABBCC 6282"}};
    EXPECT_EQ(outcome(read_object(strict, 0xFF20, 100, 0)), "card_data_malformed");
    ScriptedCard three{{"00B0000000", "010203FF2003AABBCC 6282"}};
    EXPECT_EQ(outcome(read_object(three, 0xFF20, 100, 2)), "card_data_malformed");
}

TEST(ReadObject, ALengthOverTheLimitIsNotRead) {
    ScriptedCard card{{"00B0000000", "FF2082FFFF0000 6282"}};
    EXPECT_EQ(outcome(read_object(card, 0xFF20, 0x7FFF, 2)), "card_data_malformed");
}

TEST(SelectFile, StatusWords) {
    ScriptedCard fine{{"00A4020C 02 0012", "9000"}};
    EXPECT_TRUE(select_file(fine, 0x0012));
    for (const char* status : {"6A82", "6A86", "6985", "6D00"}) {
        ScriptedCard card{{"00A4020C 02 0012", status}};
        EXPECT_EQ(select_file(card, 0x0012).error().reason, Reason::card_error);
    }
}

} // namespace
} // namespace kaomon::card::mynumber
