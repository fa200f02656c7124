// Replays proto/transcripts before a scripted desk.
#include "tests/daemon/socket/raw_client.hpp"
#include "tests/daemon/socket/served_desk.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

namespace kaomon {
namespace {

// `…` in the pattern is any text.
bool matches(std::string_view pattern, std::string_view text) {
    constexpr std::string_view any = "…";
    const auto gap = pattern.find(any);
    if (gap == std::string_view::npos)
        return pattern == text;
    if (!text.starts_with(pattern.substr(0, gap)))
        return false;
    const std::string_view rest = pattern.substr(gap + any.size());
    for (std::size_t from = gap; from <= text.size(); ++from) {
        if (matches(rest, text.substr(from)))
            return true;
    }
    return false;
}

void replay(const std::filesystem::path& path) {
    testing::ServedDesk desk;
    std::map<std::string, std::unique_ptr<testing::RawClient>> clients;
    std::ifstream file(path);
    int lines = 0, number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        if (line.empty() || line[0] == '#')
            continue;
        std::string name;
        if (line[0] == '@') {
            name = line.substr(1, line.find(' ') - 1);
            line.erase(0, name.size() + 2);
        }
        auto& client = clients[name];
        if (!client)
            client = std::make_unique<testing::RawClient>(desk.path());
        ASSERT_TRUE(line.starts_with("> ") || line.starts_with("< ")) << path << ":" << number;
        if (line[0] == '>') {
            client->send(line.substr(2));
        } else {
            const std::string reply = client->receive().value_or("(nothing)");
            EXPECT_TRUE(matches(line.substr(2), reply)) << path << ":" << number << "\n" << reply;
        }
        ++lines;
    }
    EXPECT_GT(lines, 2) << path;
}

TEST(Transcripts, AreAnsweredAsRecorded) {
    int replayed = 0;
    for (const auto& entry : std::filesystem::directory_iterator(KAOMON_SOURCE_DIR "/proto/transcripts")) {
        if (entry.path().extension() != ".txt")
            continue;
        replay(entry.path());
        ++replayed;
    }
    EXPECT_GE(replayed, 4);
}

TEST(Transcripts, ThePatternMeansWhatItSays) {
    EXPECT_TRUE(matches("a…c", "abbc"));
    EXPECT_TRUE(matches("a…c", "ac"));
    EXPECT_FALSE(matches("a…c", "acd"));
    EXPECT_FALSE(matches("ab", "abc"));
}

} // namespace
} // namespace kaomon
