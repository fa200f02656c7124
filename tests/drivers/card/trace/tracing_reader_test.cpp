#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/simulated/simulated_reader.hpp"
#include "drivers/card/trace/tracing_reader.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

#include <gmock/gmock.h>

namespace kaomon::card::trace {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

struct Traced : ::testing::Test {
    Traced() {
        auto simulated_reader = std::make_unique<simulated::SimulatedReader>();
        below = simulated_reader.get();
        below->insert(std::make_shared<simulated::Card>(test::issued().contents));
        reader = make_tracing_reader(std::move(simulated_reader),
                                     [this](const Line& line) { lines.push_back(line); });
        reader->wait({}, SteadyClock::now() + 5s);
    }

    simulated::SimulatedReader* below = nullptr;
    std::unique_ptr<Reader> reader;
    std::vector<Line> lines;
};

TEST_F(Traced, EveryExchangeIsToldAndNoDigitIsKept) {
    auto card = reader->open();
    ASSERT_TRUE(card) << card.error().detail;
    const auto free_data = mynumber::read_free_data(**card, test::today);
    ASSERT_TRUE(free_data) << free_data.error().detail;
    const auto number = mynumber::assemble(test::number(test::access_number), *free_data, test::today);
    ASSERT_TRUE(number) << number.error().detail;
    mynumber::Guard guard(6);
    ASSERT_TRUE(guard.verify(**card, *number, mynumber::IdempotencyKey{1}));
    EXPECT_EQ(lines.size(), below->answered());

    std::string text;
    int verifies = 0;
    for (const Line& line : lines) {
        text += print(line) + "\n";
        verifies += line.header[1] == 0x20 && line.data_bytes == 14 ? 1 : 0;
        EXPECT_EQ(*parse(print(line)), line);
        EXPECT_GE(line.at, lines.front().at);
    }
    EXPECT_EQ(verifies, 1);
    EXPECT_THAT(text, HasSubstr("00A4040C 10 D3921000310001010402"));
    EXPECT_THAT(text, Not(HasSubstr("2285"))) << "the security code";
    EXPECT_THAT(text, Not(HasSubstr("32323835"))) << "and in hexadecimal";
}

TEST_F(Traced, APulledCardIsTheEndOfALine) {
    auto card = reader->open();
    ASSERT_TRUE(card);
    below->pull();
    EXPECT_FALSE(mynumber::read_free_data(**card, test::today));
    ASSERT_FALSE(lines.empty());
    EXPECT_EQ(std::get<Reason>(lines.back().end), Reason::card_removed);
}

} // namespace
} // namespace kaomon::card::trace
