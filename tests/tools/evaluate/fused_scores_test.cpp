#include "daemon/match/comparison.hpp"
#include "tests/daemon/match/templates.hpp"
#include "tests/tools/evaluate/two_embedders.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace kaomon::evaluate {
namespace {

using match::ScoreKind;

std::vector<std::uint32_t> numbers(std::uint32_t from, std::uint32_t to) {
    std::vector<std::uint32_t> made(to - from);
    std::iota(made.begin(), made.end(), from);
    return made;
}

// The first embedder is the daemon's, as far as the template's size goes; the second is the first, turned.
TwoEmbedders of_templates(const std::vector<face::Template>& faces) {
    TwoEmbedders both;
    both.by[0].size = both.by[1].size = face::template_size;
    for (const auto& face : faces) {
        const auto& unit = face.get().unit;
        both.faces.push_back({static_cast<std::uint32_t>(both.faces.size()), 0, false});
        both.by[0].live.insert(both.by[0].live.end(), unit.begin(), unit.end());
        both.by[1].live.insert(both.by[1].live.end(), unit.rbegin(), unit.rend());
    }
    return both;
}

TEST(FusedScores, OfWeightNothingAreTheDaemonsOwn) {
    const auto faces = match::scattered(320);
    const TwoEmbedders both = of_templates(faces);
    const auto population = *match::Population::of(std::span(faces).first(300), {}, match::provenance());
    const match::Comparison daemon(population);
    const auto scores =
        score_fused(both, numbers(300, 320), numbers(0, 300), ScoreKind::normalised, std::array{0.0, 1.0}, 1);
    for (const auto& weighted : scores) { // the second sees what the first does
        ASSERT_EQ(weighted.groups.at(0).comparisons, 20U * 19U / 2);
        ASSERT_EQ(weighted.groups[0].highest.size(), 20U * 19U / 2);
        for (const auto& one : weighted.groups[0].highest)
            EXPECT_NEAR(one.score, daemon.compare(faces[one.row_person], faces[one.column_person]).value,
                        2e-3);
    }
}

TEST(FusedScores, OfCosinesKeepTheirOrder) {
    const auto faces = match::scattered(60);
    const auto scores = score_fused(of_templates(faces), numbers(40, 60), numbers(0, 40), ScoreKind::cosine,
                                    std::array{0.0}, 1);
    float last = 2;
    for (const auto& one : scores[0].groups.at(0).highest) { // falling
        const float cosine = match::compare(faces[one.row_person], faces[one.column_person]);
        EXPECT_LE(cosine, last + 1e-5F);
        last = cosine;
    }
}

TEST(FusedScores, AddWithTheirWeights) {
    MadeUpEmbedders made(20);
    const TwoEmbedders& both = made.sees(0, 0.5).sees(1, 0.7).get();
    const auto scores = score_fused(both, numbers(20, 40), numbers(0, 20), ScoreKind::normalised,
                                    std::array{0.0, 0.25, 1.0}, 1);
    ASSERT_EQ(scores[1].mated.size(), 20U) << "each image with the card of the person's other one";
    EXPECT_EQ(scores[1].weight, 0.25);
    for (std::size_t i = 0; i < 20; ++i) {
        EXPECT_NEAR(scores[1].mated[i].score,
                    0.75F * scores[0].mated[i].score + 0.25F * scores[2].mated[i].score, 1e-4);
        EXPECT_NE(scores[1].mated[i].row, scores[1].mated[i].column);
    }
}

TEST(FusedScores, OfAGuessedPersonAreNeitherMatedNorOthersAndGroupsStayAmongThemselves) {
    MadeUpEmbedders made(20, 2);
    made.sees(0, 0.5).sees(1, 0.5);
    made.get().faces[0].hint = made.get().faces[1].hint = true;
    const auto scores =
        score_fused(made.get(), numbers(0, 40), numbers(0, 40), ScoreKind::cosine, std::array{0.5}, 1);
    EXPECT_EQ(scores[0].mated.size(), 38U);
    for (const NonMated& group : scores[0].groups) {
        EXPECT_EQ(group.comparisons, 20U * 18U) << "card x live, both ways";
        EXPECT_EQ(group.highest.size(), group.comparisons);
        for (const auto& one : group.highest)
            EXPECT_EQ(one.row_person % 2, one.column_person % 2);
    }
}

TEST(FusedScores, KeepTheHighestOfMany) {
    MadeUpEmbedders made(120);
    const TwoEmbedders& both = made.sees(0, 1.0).sees(1, 1.0).get();
    const auto everybody = numbers(0, 240);
    const auto all = score_fused(both, everybody, everybody, ScoreKind::cosine, std::array{0.3}, 1);
    const auto few = score_fused(both, everybody, everybody, ScoreKind::cosine, std::array{0.3}, 0.01);
    const auto& kept = few[0].groups.at(0);
    EXPECT_EQ(kept.comparisons, 240U * 238U);
    ASSERT_GE(kept.highest.size(), kept.comparisons / 100);
    EXPECT_LT(kept.highest.size(), kept.comparisons / 50);
    for (std::size_t i = 0; i < kept.highest.size(); ++i)
        EXPECT_EQ(kept.highest[i].score, all[0].groups.at(0).highest[i].score);
    EXPECT_LE(kept.complete_from, kept.highest.back().score);
}

} // namespace
} // namespace kaomon::evaluate
