// Every medium and state as a redacted log, played back to the driver. Made by
//   kaomon-simcard record --kind WORD --date 2026-11-23 --out tests/tools/simcard/recordings/WORD.trace
// for each word of `kaomon-simcard issue --kind list`.
#include "tools/simcard/recorded_visit.hpp"
#include "tools/simcard/rehearsal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace kaomon::tools::simcard {
namespace {

cardtrace::Recording load(std::string_view kind) {
    const auto file = std::filesystem::path(KAOMON_RECORDINGS) / std::string(kind).append(".trace");
    std::ifstream in(file, std::ios::binary);
    EXPECT_TRUE(in) << file;
    const auto recording = cardtrace::parse(std::string(std::istreambuf_iterator<char>(in), {}));
    EXPECT_TRUE(recording) << file;
    return recording.value_or(cardtrace::Recording{});
}

class Recordings : public testing::TestWithParam<std::string> {};

TEST_P(Recordings, DriveTheDriverToTheirReading) {
    const auto recording = load(GetParam());
    EXPECT_EQ(recording.kind, GetParam());
    EXPECT_FALSE(recording.reading.empty());
    const auto replayed = replay_visit(recording);
    ASSERT_TRUE(replayed) << replayed.error().detail;
    EXPECT_EQ(replayed->reading, recording.reading);
    EXPECT_EQ(replayed->left, 0U) << "the driver asks for less than it did";
}

std::vector<std::string> words() {
    std::vector<std::string> all;
    for (const auto& kind : card::simulated::kinds())
        all.emplace_back(kind.word);
    return all;
}
INSTANTIATE_TEST_SUITE_P(OfEveryKind, Recordings, testing::ValuesIn(words()), [](const auto& one) {
    std::string name = one.param;
    std::erase(name, '-');
    return name;
});

// A recording is more than its stand-in: what it says happened, happens.
TEST(Recording, ItsStatusWordsAndFaultsDecide) {
    auto recording = load("card");
    const auto asks_tries = std::ranges::find_if(
        recording.lines, [](const auto& line) { return line.header[1] == 0x20 && line.data_bytes == 0; });
    ASSERT_NE(asks_tries, recording.lines.end());
    const auto first = asks_tries - recording.lines.begin();
    auto low = recording;
    low.lines[static_cast<std::size_t>(first)].end = card::StatusWord{0x63C3};
    EXPECT_TRUE(replay_visit(low)->reading.starts_with("tries 3; ")) << replay_visit(low)->reading;

    auto pulled = recording;
    pulled.lines.resize(5);
    pulled.lines.back().end = Reason::card_removed;
    EXPECT_EQ(replay_visit(pulled)->reading, "card_removed");

    auto another = recording;
    another.lines[1].selected = "0002";
    EXPECT_TRUE(replay_visit(another)->reading.starts_with("internal_error (recorded: "))
        << "not what is asked for";
}

// No digits of a number, no byte of a photograph: nothing that a person typed or a card answered is in a log.
TEST(Recording, HoldsNothingOfTheHolder) {
    for (const std::string& kind : words()) {
        const auto recording = load(kind);
        const auto ready = rehearse(kind, recording.seed, recording.on);
        ASSERT_TRUE(ready);
        const auto number = ready->visit.number->view();
        recording.lines.empty() ? ADD_FAILURE() << kind : void();
        for (const auto& line : recording.lines) {
            const std::string text = card::trace::print(line);
            EXPECT_EQ(text.find(number.substr(0, 6)), std::string::npos) << kind << ": " << text;
            EXPECT_EQ(text.find(number.substr(6)), std::string::npos) << kind << ": " << text;
            EXPECT_LE(text.size(), 100U) << kind << ": " << text;
            EXPECT_TRUE(line.selected.empty() || line.header[1] == 0xA4) << kind << ": " << text;
        }
    }
}

TEST(Recording, OfTheSameSeedAndDayIsTheSame) {
    const Date day{std::chrono::year(2026), std::chrono::November, std::chrono::day(23)};
    EXPECT_EQ(cardtrace::print(*record_visit("card", 1, day)), cardtrace::print(load("card")));
    EXPECT_EQ(record_visit("nothing", 1, day).error().reason, Reason::parameter_invalid);
    EXPECT_EQ(replay_visit({}).error().reason, Reason::parameter_invalid)
        << "of a card that nobody can stand in for";
}

} // namespace
} // namespace kaomon::tools::simcard
