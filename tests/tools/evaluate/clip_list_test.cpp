#include "tools/evaluate/clip_list.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace kaomon::evaluate {
namespace {

namespace fs = std::filesystem;

TEST(ClipList, ReadsPathsAndLabels) {
    const auto list = parse_clip_list("# clips\n\na/b\tbona-fide\r\n/c\tprint-a4\nd\t", "/lists");
    ASSERT_EQ(list.clips.size(), 2U);
    EXPECT_EQ(list.clips[0].path, "/lists/a/b");
    EXPECT_EQ(list.clips[0].label, bona_fide_label);
    EXPECT_EQ(list.clips[1].path, "/c");
    EXPECT_EQ(list.clips[1].line, 4U);
    ASSERT_EQ(list.problems.size(), 1U);
    EXPECT_EQ(list.problems[0].line, 5U);
}

TEST(ClipList, SaysWhatIsWrong) {
    for (const std::string& line :
         {std::string("no tab"), std::string("\tbona-fide"), std::string("a\tBona Fide"),
          std::string("a\tx\ty"), std::string("a\x01b\tprint"), "a\t" + std::string(33, 'x'),
          std::string(5000, 'a').append("\tprint")}) {
        const auto list = parse_clip_list(line, "/");
        EXPECT_TRUE(list.clips.empty()) << line.substr(0, 20);
        EXPECT_EQ(list.problems.size(), 1U) << line.substr(0, 20);
    }
    EXPECT_FALSE(read_clip_list("/nowhere/list"));
}

Bytes bytes(std::initializer_list<int> values) {
    Bytes made;
    for (const int value : values)
        made.push_back(static_cast<std::uint8_t>(value));
    return made;
}

TEST(Mjpeg, IsCutAtItsMarkers) {
    const Bytes two = bytes({9, 0xFF, 0xD8, 0xFF, 1, 2, 0xFF, 0xD9, 7, 7, 0xFF, 0xD8, 0xFF, 3, 0xFF, 0xD9});
    const auto frames = split_mjpeg(two);
    ASSERT_EQ(frames.size(), 2U);
    EXPECT_EQ(frames[0].size(), 7U);
    EXPECT_EQ(frames[1].size(), 6U);
    EXPECT_EQ(frames[1][0], 0xFF);
}

TEST(Mjpeg, HalfAPictureIsNone) {
    EXPECT_TRUE(split_mjpeg({}).empty());
    EXPECT_TRUE(split_mjpeg(bytes({0xFF})).empty());
    EXPECT_TRUE(split_mjpeg(bytes({0xFF, 0xD8, 0xFF, 1, 2, 3})).empty());
    EXPECT_TRUE(split_mjpeg(bytes({1, 0xFF, 0xD9})).empty());
    EXPECT_TRUE(split_mjpeg(bytes({0xFF, 0xD8, 0xFF, 0xD9})).empty()) << "one FF is not both";
}

TEST(Frames, OfAFolderComeByName) {
    std::string name = (fs::temp_directory_path() / "kaomon_clip.XXXXXX").string();
    const fs::path folder = mkdtemp(name.data());
    for (const char* file : {"2.jpg", "1.jpg", "notes.txt"})
        std::ofstream(folder / file) << file;
    const auto frames = frames_of(folder);
    ASSERT_EQ(frames.size(), 2U);
    EXPECT_EQ(frames[0][0], '1');
    EXPECT_TRUE(frames_of(folder / "missing").empty());
    EXPECT_TRUE(frames_of(folder / "notes.txt").empty());
    fs::remove_all(folder);
}

} // namespace
} // namespace kaomon::evaluate
