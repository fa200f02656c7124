#include "tools/cardtrace/recording.hpp"

#include <gtest/gtest.h>

namespace kaomon::cardtrace {
namespace {

using namespace std::chrono;

Recording example() {
    return {.on = 2027y / January / 5,
            .reader = "Virtual PCD 00 00",
            .lines = {*card::trace::parse("+0 98us 00A4040C 10 D3921000310001010100 le=0 -> 0 9000"),
                      *card::trace::parse("+120 80us 00B20104 0 - le=256 -> 30 9000")}};
}

TEST(Recording, ReadsWhatItPrints) {
    const auto read = parse(print(example()));
    ASSERT_TRUE(read) << read.error().what.en;
    EXPECT_EQ(read->on, example().on);
    EXPECT_EQ(read->reader, "Virtual PCD 00 00");
    EXPECT_EQ(read->lines, example().lines);
}

TEST(Recording, OfASimulatedCardSaysHowToIssueItAgain) {
    Recording simulated = example();
    simulated.kind = "certificate-ends-soon";
    simulated.seed = 7;
    simulated.reading = "tries 10; face: signature valid, chip valid";
    const auto read = parse(print(simulated));
    ASSERT_TRUE(read) << read.error().what.en;
    EXPECT_EQ(read->kind, simulated.kind);
    EXPECT_EQ(read->seed, 7U);
    EXPECT_EQ(read->reading, simulated.reading);
    EXPECT_EQ(read->lines, simulated.lines);
}

TEST(Recording, TellsTheLineThatCannotBeRead) {
    for (const auto& [text, number] :
         {std::pair{std::string(""), 1},
          {"# kaomon card trace 2, 2027-01-05\n", 1},
          {"# kaomon card trace 1, 2027-01-05\nx\n", 2},
          {print(example()) + "+0 1us\n", 5},
          {print(example()) + "# reading: behind the exchanges\n", 5},
          {"# kaomon card trace 1, 2027-01-05\n# reader: x\n# simulated card: x, seed 1x\n", 3},
          {std::string(largest_recording + 1, 'x'), 1}}) {
        const auto read = parse(text);
        ASSERT_FALSE(read) << text.substr(0, 80);
        EXPECT_EQ(read.error().word, "recording_invalid");
        EXPECT_EQ(read.error().what.en,
                  "line " + std::to_string(number) + " of the card trace cannot be read");
    }
}

} // namespace
} // namespace kaomon::cardtrace
