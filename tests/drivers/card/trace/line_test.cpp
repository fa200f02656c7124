#include "drivers/card/apdu.hpp"
#include "drivers/card/trace/line.hpp"

#include <gtest/gtest.h>

namespace kaomon::card::trace {
namespace {

using namespace std::chrono_literals;

Line example() {
    Line line = redact(Command{0x00, 0xA4, 0x04, 0x0C, {0xD3, 0x92, 0x10}, 0}.encode());
    line.at = 1234us;
    line.took = 98us;
    line.end = StatusWord{0x9000};
    return line;
}

TEST(TraceLine, ReadsWhatItPrints) {
    Line line = example();
    EXPECT_EQ(print(line), "+1234 98us 00A4040C 3 D39210 le=0 -> 0 9000");
    EXPECT_EQ(*parse(print(line)), line);
    line = redact(Command{0x00, 0xB0, 0x01, 0x00, {}, 256}.encode());
    line.answer_bytes = 256;
    line.end = Reason::card_removed;
    EXPECT_EQ(print(line), "+0 0us 00B00100 0 - le=256 -> 256 card_removed");
    EXPECT_EQ(*parse(print(line)), line);
}

TEST(TraceLine, KeepsNothingThatWasTyped) {
    const SecretBytes digits{'5', '5', '0', '2', '1', '7', '2', '0', '3', '5', '2', '2', '8', '5'};
    const Line line = redact(Command{0x00, 0x20, 0x00, 0x80, digits, 0}.encode());
    EXPECT_EQ(line.data_bytes, 14U);
    EXPECT_TRUE(line.selected.empty());
    EXPECT_EQ(print(line).find("35"), std::string::npos) << print(line);
    EXPECT_TRUE(redact(Command{0x00, 0xA4, 0x04, 0x0C, SecretBytes(17, 'x'), 0}.encode()).selected.empty())
        << "no AID is that long";
}

TEST(TraceLine, RefusesWhatItNeverPrints) {
    const std::string good = print(example());
    for (std::size_t cut = 0; cut < good.size(); ++cut)
        EXPECT_FALSE(parse(good.substr(0, cut))) << cut;
    for (const char* text :
         {"+1 2us 00200080 14 35353032313732303335323238 le=0 -> 0 9000",
          "+1 2us 00200080 14 - le=0 -> 0 friendly", "+1 2us 00A4040C 3 D392 le=0 -> 0 9000",
          "+-1 2us 00A4040C 0 - le=0 -> 0 9000", "+1 2us 00A4040C 0 - le=65537 -> 0 9000",
          "+1 2us 00a4040c 0 - le=0 -> 0 9000", "+1 2us 00A4040C 0 - le=0 -> 0 9000 x"})
        EXPECT_FALSE(parse(text)) << text;
}

} // namespace
} // namespace kaomon::card::trace
