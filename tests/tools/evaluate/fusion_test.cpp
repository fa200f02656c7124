#include "tests/tools/evaluate/two_embedders.hpp"
#include "tools/evaluate/fusion.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <set>

namespace kaomon::evaluate {
namespace {

constexpr std::uint32_t crowd_size = 160;
constexpr std::uint64_t first_seed = 19795; // of the first split

FusionSettings settings(match::ScoreKind kind = match::ScoreKind::normalised) {
    return {.kind = kind, .rate = 0.01, .splits = 2, .inner = 1, .draws = 60};
}

std::vector<std::uint32_t> everybody(const TwoEmbedders& both) {
    std::vector<std::uint32_t> faces(both.faces.size());
    std::iota(faces.begin(), faces.end(), 0U);
    return faces;
}

TEST(Fusion, OfASecondThatKnowsOtherThingsBringsMuch) {
    MadeUpEmbedders made(crowd_size);
    const TwoEmbedders& both = made.sees(0, 0.8).sees(1, 0.8).get();
    for (const auto kind : {match::ScoreKind::cosine, match::ScoreKind::normalised}) {
        const auto report = fusion(both, crowd_size, settings(kind));
        ASSERT_TRUE(report);
        EXPECT_EQ(report->kind, kind);
        EXPECT_EQ(report->faces, 2 * crowd_size);
        EXPECT_EQ(report->folds.size(), 4U);
        EXPECT_GT(report->first.value, 0.05);
        EXPECT_LT(report->fused.value, report->first.value / 2);
        EXPECT_NEAR(report->change.value, report->fused.value - report->first.value, 1e-9);
        EXPECT_LT(report->change.highest, 0) << "no doubt about it";
        EXPECT_LE(report->change.lowest, report->change.value);
        for (const Fold& fold : report->folds) {
            EXPECT_GT(fold.weight, 0);
            EXPECT_LT(fold.weight, 1);
            EXPECT_EQ(fold.mated, crowd_size) << "half of the people, two images, both ways";
        }
    }
}

TEST(Fusion, OfASecondThatIsTheFirstBringsNothing) {
    MadeUpEmbedders made(crowd_size);
    made.sees(0, 0.8);
    made.get().by[1] = made.get().by[0];
    const auto report = fusion(made.get(), crowd_size, settings());
    ASSERT_TRUE(report);
    for (const Fold& fold : report->folds)
        EXPECT_EQ(fold.weight, 0) << "the least weight among equals";
    EXPECT_EQ(report->change.value, 0);
    EXPECT_EQ(report->second.value, report->first.value);
}

TEST(Fusion, OfASecondThatKnowsNobodyIsLeftOut) {
    MadeUpEmbedders made(crowd_size);
    const TwoEmbedders& both = made.sees(0, 0.6).sees(1, 100.0).get();
    const auto report = fusion(both, crowd_size, settings());
    ASSERT_TRUE(report);
    EXPECT_GT(report->second.value, 0.9);
    for (const Fold& fold : report->folds)
        EXPECT_LE(fold.weight, 0.2);
    EXPECT_NEAR(report->change.value, 0, 0.02);
    EXPECT_GT(report->change.highest, -1e-9) << "no gain is claimed";
}

// The very splits are used to deceive: for one half of the people the second embedder knows everybody, for
// the other nobody. What looked good there does harm here, and what would be good here was not seen there.
TEST(Fusion, MeasuresNobodyWhoChoseTheWeight) {
    MadeUpEmbedders made(crowd_size);
    made.sees(0, 1.3);
    const Halves parts = halves(made.get(), everybody(made.get()), first_seed);
    const std::set<std::uint32_t> known(parts[0].begin(), parts[0].end());
    made.sees(1, [&](std::uint32_t face) { return known.contains(face) ? 0.05 : 100.0; });
    FusionSettings once = settings(match::ScoreKind::cosine);
    once.splits = 1;
    const auto report = fusion(made.get(), crowd_size, once);
    ASSERT_TRUE(report);
    const Fold& deceived = report->folds[0]; // chosen on the known, measured on the others
    EXPECT_GE(deceived.weight, 0.3);
    EXPECT_GT(deceived.fused, deceived.first + 0.02);
    const Fold& warned = report->folds[1];
    EXPECT_LE(warned.weight, 0.2);
    EXPECT_EQ(warned.second, 0) << "what it would have had";
    EXPECT_GT(warned.fused, 0.01);
}

TEST(Fusion, IsTheSameForAnyNumberOfThreads) {
    MadeUpEmbedders made(crowd_size);
    const TwoEmbedders& both = made.sees(0, 0.8).sees(1, 1.0).get();
    FusionSettings threads = settings();
    threads.threads = 3;
    const auto one = fusion(both, crowd_size, settings()), three = fusion(both, crowd_size, threads);
    EXPECT_EQ(one->fused.value, three->fused.value);
    EXPECT_EQ(one->change.lowest, three->change.lowest);
}

TEST(Fusion, OfTooFewIsNone) {
    MadeUpEmbedders made(crowd_size);
    made.sees(0, 0.8).sees(1, 0.8);
    FusionSettings strict = settings();
    strict.rate = 1e-4; // 160 x 158 comparisons of a half: two false matches
    EXPECT_FALSE(fusion(made.get(), crowd_size, strict));
    for (auto& face : made.get().faces)
        face.hint = true; // then there are no mated comparisons
    EXPECT_FALSE(fusion(made.get(), crowd_size, settings()));
    EXPECT_FALSE(fusion(TwoEmbedders{}, 0, settings()));
}

TEST(Halves, KeepAPersonWholeAndGroupsAlike) {
    MadeUpEmbedders made(30, 3);
    made.get().faces.pop_back(); // one person with one image
    const auto faces = everybody(made.get());
    const Halves parts = halves(made.get(), faces, 5);
    std::set<std::uint32_t> seen, people_of_first;
    std::array<std::array<int, 3>, 2> images{};
    for (const std::size_t half : {0U, 1U}) {
        for (const auto face : parts[half]) {
            EXPECT_TRUE(seen.insert(face).second);
            ++images[half][made.get().faces[face].group];
            if (half == 0)
                people_of_first.insert(made.get().faces[face].person);
            else
                EXPECT_FALSE(people_of_first.contains(made.get().faces[face].person));
        }
    }
    EXPECT_EQ(seen.size(), faces.size());
    for (std::size_t group = 0; group < 3; ++group)
        EXPECT_NEAR(images[0][group], images[1][group], 2);
    EXPECT_EQ(halves(made.get(), faces, 5), parts);
    EXPECT_NE(halves(made.get(), faces, 6), parts);
}

} // namespace
} // namespace kaomon::evaluate
