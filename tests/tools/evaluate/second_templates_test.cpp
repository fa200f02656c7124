#include "tools/evaluate/second_templates.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace kaomon::evaluate {
namespace {

std::string problem(std::string_view text) {
    const auto made = parse_second_templates(text);
    return made ? "" : std::to_string(made.error().line) + ": " + made.error().what;
}

TEST(SecondTemplates, AreReadByLineAndSideAndMadeUnits) {
    const auto made =
        parse_second_templates("# of a prototype\n3\tlive\t3 0 -4\n\n3\tcard\t1e-3 0 0\n12\tlive\t0 2 0");
    ASSERT_TRUE(made);
    EXPECT_EQ(made->size, 3U);
    ASSERT_EQ(made->images.size(), 2U);
    EXPECT_EQ(made->images.at(3).live, (SecretVector<float>{0.6F, 0, -0.8F}));
    EXPECT_EQ(made->images.at(3).card, (SecretVector<float>{1, 0, 0}));
    EXPECT_TRUE(made->images.at(12).card.empty());
}

TEST(SecondTemplates, SayWhichLineIsWrong) {
    EXPECT_EQ(problem("1\tlive\t1 2\n0\tlive\t1 2"), "2: no line of the list and a tab at the start");
    EXPECT_EQ(problem("face.jpg\tlive\t1 2"), "1: no line of the list and a tab at the start");
    EXPECT_EQ(problem("1\tlives\t1 2"), "1: not live or card, and a tab, behind the line of the list");
    EXPECT_EQ(problem("1\tlive\t1 2\n2\tlive\t1 2 3"), "2: another count of numbers than in the first line");
    EXPECT_EQ(problem("1\tlive\t1 2\n1\tlive\t1 2"), "2: this image and side stands on another line, too");
    for (const char* numbers :
         {"", "1", "1 x", "1  2", "1 nan", "1 inf", "0 0", "1,2", "1 2 3\t4", "1e30 1e40"})
        EXPECT_EQ(problem("1\tlive\t" + std::string(numbers)),
                  "1: not 2 to 1024 numbers, separated by single spaces, with a length")
            << numbers;
    std::string many = "1\tlive\t1";
    for (int i = 0; i < 1023; ++i)
        many += " 1";
    EXPECT_EQ(problem(many), "");
    EXPECT_NE(problem(many + " 1"), "");
}

TEST(SecondTemplates, OfAFileThatCannotBeReadAreTrouble) {
    const auto made = read_second_templates("/nowhere/second");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().word, "second_templates_unusable");
    EXPECT_EQ(made.error().code, exit_usage);
    const std::filesystem::path file = "/tmp/kaomon-second-" + std::to_string(getpid());
    std::ofstream(file) << "1\tlive\t1 2\nx\n";
    const auto bad = read_second_templates(file);
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().what.en,
              "line 2 of the second templates: no line of the list and a tab at the start");
    std::ofstream(file) << "1\tlive\t1 2\n";
    EXPECT_TRUE(read_second_templates(file));
    std::filesystem::remove(file);
}

Sample looked_at(std::size_t entry, bool live, bool card) {
    Sample made;
    made.entry = entry;
    const auto view = [&](bool there) -> Result<View> {
        if (!there)
            return fail(Reason::no_face);
        View one;
        one.face.get().unit[entry] = 1;
        return one;
    };
    made.live = view(live);
    made.card = view(card);
    return made;
}

TEST(SecondTemplates, JoinTheFacesThatBothHave) {
    const List list = parse_list("a\tann\tx\nb\t?bob\ty\nc\tann\tx\nd\tann\tx\ne\tann\tx\n", "/");
    const std::vector<Sample> samples{looked_at(0, true, true), looked_at(1, true, true),
                                      looked_at(2, false, true), looked_at(3, true, false),
                                      looked_at(4, true, true)};
    const auto second =
        *parse_second_templates("1\tlive\t1 0\n1\tcard\t0 1\n2\tlive\t1 0\n2\tcard\t1 0\n"
                                "3\tlive\t1 0\n3\tcard\t1 0\n4\tlive\t1 0\n4\tcard\t1 0\n5\tlive\t1 0\n");
    const TwoEmbedders cards = together(list, samples, second, true);
    ASSERT_EQ(cards.faces.size(), 2U);
    EXPECT_TRUE(cards.card());
    EXPECT_EQ(cards.groups, 2U);
    EXPECT_EQ(cards.faces[1].group, 1U);
    EXPECT_TRUE(cards.faces[1].hint);
    EXPECT_EQ(cards.by[0].row(cards.by[0].live, 1)[1], 1);
    EXPECT_EQ(cards.by[1].row(cards.by[1].card, 0)[1], 1);
    const TwoEmbedders live = together(list, samples, second, false);
    EXPECT_EQ(live.faces.size(), 4U) << "the third has no live view of the first embedder";
    EXPECT_FALSE(live.card());
    EXPECT_EQ(live.by[0].live.size(), 4 * face::template_size);
}

} // namespace
} // namespace kaomon::evaluate
