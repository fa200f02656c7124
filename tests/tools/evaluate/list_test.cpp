#include "tools/evaluate/list.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

namespace kaomon::evaluate {
namespace {

using ::testing::HasSubstr;

TEST(List, IsPathPersonGroup) {
    const List list = parse_list("a.jpg\tann\n"
                                 "# a remark\n"
                                 "\n"
                                 "b/b.jpg\tbob\tnorth\r\n"
                                 "/abs/c.jpg\tann\tnorth",
                                 "/data");
    ASSERT_EQ(list.entries.size(), 3U);
    EXPECT_TRUE(list.problems.empty());
    EXPECT_EQ(list.entries[0].path, "/data/a.jpg");
    EXPECT_EQ(list.entries[1].path, "/data/b/b.jpg");
    EXPECT_EQ(list.entries[2].path, "/abs/c.jpg");
    EXPECT_EQ(list.entries[0].person, list.entries[2].person);
    EXPECT_NE(list.entries[0].person, list.entries[1].person);
    EXPECT_EQ(list.people, 2U);
    EXPECT_EQ(list.groups, (std::vector<std::string>{"", "north"}));
    EXPECT_EQ(list.entries[1].group, 1U);
    EXPECT_EQ(list.entries[1].line, 4U) << "counted with remarks and empty lines";
}

TEST(List, ADashIsADifferentPersonEachTime) {
    const List list = parse_list("a\t-\nb\t-\nc\tx\nd\tx\n", ".");
    ASSERT_EQ(list.entries.size(), 4U);
    EXPECT_NE(list.entries[0].person, list.entries[1].person);
    EXPECT_EQ(list.entries[2].person, list.entries[3].person);
    EXPECT_EQ(list.people, 3U);
}

TEST(List, AQuestionMarkIsAGuess) {
    const List list = parse_list("a\t?7\nb\t?7\nc\tx\n", ".");
    EXPECT_TRUE(list.entries[0].hint);
    EXPECT_EQ(list.entries[0].person, list.entries[1].person);
    EXPECT_FALSE(list.entries[2].hint);
}

TEST(List, BadLinesAreNamedAndTheRestIsUsed) {
    const List list =
        parse_list("good.jpg\tann\n"
                   "no tab\n"
                   "one\ttwo\tthree\tfour\n"
                   "\tann\n"
                   "x.jpg\t\n"
                   "x.jpg\tann\ta\x1b[2J\n" +
                       std::string(5000, 'x') + "\tann\n" + "x.jpg\tann\t" + std::string(65, 'g') + "\n",
                   ".");
    EXPECT_EQ(list.entries.size(), 1U);
    ASSERT_EQ(list.problems.size(), 7U);
    for (std::size_t i = 0; i < list.problems.size(); ++i) {
        EXPECT_EQ(list.problems[i].line, i + 2);
        EXPECT_THAT(list.problems[i].what, ::testing::Not(HasSubstr("x.jpg")));
    }
}

TEST(List, HasAtMost64Groups) {
    std::string text;
    for (int i = 0; i < 70; ++i)
        text += "a\t-\tgroup " + std::to_string(i) + "\n";
    const List list = parse_list(text, ".");
    EXPECT_EQ(list.groups.size(), 64U);
    EXPECT_EQ(list.problems.size(), 6U);
}

TEST(List, IsReadFromAFile) {
    const std::filesystem::path folder = "/tmp/kaomon-list-" + std::to_string(getpid());
    std::filesystem::create_directory(folder);
    std::ofstream(folder / "list.tsv") << "a.jpg\tann\n";
    const auto list = read_list(folder / "list.tsv");
    ASSERT_TRUE(list);
    EXPECT_EQ(list->entries.front().path, folder / "a.jpg");
    EXPECT_EQ(read_list(folder).error().word, "list_unreadable");
    EXPECT_EQ(read_list(folder / "none").error().word, "list_unreadable");
    std::ofstream(folder / "list.tsv", std::ios::trunc);
    EXPECT_TRUE(read_list(folder / "list.tsv")->entries.empty());
    std::filesystem::remove_all(folder);
}

} // namespace
} // namespace kaomon::evaluate
