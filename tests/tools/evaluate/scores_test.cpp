#include "daemon/match/comparison.hpp"
#include "tests/tools/evaluate/galleries.hpp"
#include "tools/evaluate/cosines.hpp"
#include "tools/evaluate/scores.hpp"

#include <gtest/gtest.h>

#include <mutex>
#include <set>

namespace kaomon::evaluate {
namespace {

using match::at_angle;
using match::scattered;

People crowd(std::size_t size, std::uint32_t each = 1) {
    People people;
    std::uint32_t i = 0;
    for (const auto& face : scattered(size))
        people.add(face, i++ / each);
    return people;
}

TEST(Cosines, CoverEveryPairOnceWhateverTheSizes) {
    const People rows = crowd(37), columns = crowd(131); // both are no multiple of a tile
    const Gallery a = gallery_of(rows.portrayed, 1, std::nullopt);
    const Gallery b = gallery_of(columns.portrayed, 1, std::nullopt);
    std::set<std::pair<std::size_t, std::size_t>> seen;
    std::mutex lock;
    for_all_cosines(a, b, false, 2, [&](const Tile& tile, unsigned thread) {
        EXPECT_LT(thread, 2U);
        const std::lock_guard held(lock);
        for (std::size_t r = 0; r < tile.rows; ++r) {
            for (std::size_t c = 0; c < tile.columns; ++c) {
                const std::size_t row = tile.first_row + r, column = tile.first_column + c;
                EXPECT_TRUE(seen.insert({row, column}).second);
                EXPECT_NEAR(tile.cosines[r * Tile::width + c],
                            match::compare(rows.faces[row], columns.faces[column]), 1e-5);
            }
        }
    });
    EXPECT_EQ(seen.size(), 37U * 131U);
}

TEST(Cosines, OfAGalleryWithItselfCoverEveryPairOfTwo) {
    for (const std::size_t size : {1U, 32U, 33U, 129U, 300U}) {
        const People people = crowd(size);
        const Gallery gallery = gallery_of(people.portrayed, 1, std::nullopt);
        std::set<std::pair<std::size_t, std::size_t>> seen;
        std::size_t all = 0;
        for_all_cosines(gallery, gallery, true, 1, [&](const Tile& tile, unsigned) {
            all += tile.rows * tile.columns;
            for (std::size_t row = tile.first_row; row < tile.first_row + tile.rows; ++row) {
                for (std::size_t column = std::max(row + 1, tile.first_column);
                     column < tile.first_column + tile.columns; ++column)
                    EXPECT_TRUE(seen.insert({row, column}).second);
            }
        });
        EXPECT_EQ(seen.size(), size * (size - 1) / 2);
        if (size == 300) {
            EXPECT_LT(all, 300U * 300U * 3 / 4) << "and hardly more";
        }
    }
}

TEST(Scores, SeparateMatedFromOthersAndGroups) {
    People people; // ann at 0 and 10 degrees, bob at 60, cid of another group at 90
    people.add(at_angle(0), 0, 0);
    people.add(at_angle(10), 0, 0);
    people.add(at_angle(60), 1, 0);
    people.add(at_angle(90), 2, 1);
    const Gallery gallery = gallery_of(people.portrayed, 1, std::nullopt);
    const Scores scores = score_all(gallery, gallery, {.groups = 2, .same = true});
    ASSERT_EQ(scores.mated.size(), 1U);
    EXPECT_NEAR(scores.mated[0].score, std::cos(10 * std::numbers::pi / 180), 1e-5);
    EXPECT_EQ(scores.all.comparisons, 5U);
    ASSERT_EQ(scores.all.highest.size(), 5U);
    EXPECT_NEAR(scores.all.highest[0].score, std::cos(30 * std::numbers::pi / 180), 1e-5);
    EXPECT_EQ(scores.groups[0].comparisons, 2U);
    EXPECT_EQ(scores.groups[0].highest.size(), 2U);
    EXPECT_EQ(scores.groups[1].comparisons, 0U) << "one person has nobody to be confused with";
}

TEST(Scores, OfTwoSidesCountBothWaysAndLeaveOutTheImageItself) {
    People live, cards;
    for (std::uint32_t i = 0; i < 4; ++i) { // two people with two images each
        live.add(at_angle(10 * i), i / 2);
        cards.add(at_angle(10 * i + 1), i / 2);
    }
    const Scores scores = score_all(gallery_of(live.portrayed, 1, std::nullopt),
                                    gallery_of(cards.portrayed, 1, std::nullopt), {.groups = 1});
    EXPECT_EQ(scores.mated.size(), 4U) << "each image with the card of the other, both ways";
    EXPECT_EQ(scores.all.comparisons, 8U);
    EXPECT_EQ(scores.all.highest.size(), 8U);
}

TEST(Scores, OfFusedViewsLeaveOutTheImagesTheyAreMadeOf) {
    People people;
    for (std::uint32_t i = 0; i < 3; ++i)
        people.add(at_angle(10 * i), 0);
    people.add(at_angle(90), 1);
    const Scores scores = score_all(gallery_of(people.portrayed, 2, std::nullopt),
                                    gallery_of(people.portrayed, 1, std::nullopt), {.groups = 1});
    EXPECT_EQ(scores.mated.size(), 3U) << "each pair with the third";
    EXPECT_EQ(scores.all.comparisons, 3U);
}

TEST(Scores, OfAGuessedPersonAreNeitherMatedNorOthers) {
    People people;
    people.add(at_angle(0), 0, 0, true);
    people.add(at_angle(1), 0, 0, true);
    people.add(at_angle(60), 1);
    const Gallery gallery = gallery_of(people.portrayed, 1, std::nullopt);
    const Scores scores = score_all(gallery, gallery, {.groups = 1, .same = true});
    EXPECT_TRUE(scores.mated.empty());
    EXPECT_EQ(scores.all.comparisons, 2U);
}

TEST(Scores, AreNormalisedAsTheDaemonDoes) {
    const auto population = *match::Population::of(scattered(300), {}, match::provenance());
    const match::Comparison daemon(population);
    People people;
    for (const auto& face : scattered(9, 5))
        people.add(face, static_cast<std::uint32_t>(people.faces.size()));
    const Gallery gallery = gallery_of(people.portrayed, 1, population);
    const Scores scores = score_all(
        gallery, gallery, {.kind = match::ScoreKind::normalised, .groups = 1, .same = true, .threads = 2});
    ASSERT_EQ(scores.all.highest.size(), 36U);
    for (const auto& one : scores.all.highest) {
        EXPECT_NEAR(one.score,
                    daemon.compare(people.faces[one.row_person], people.faces[one.column_person]).value,
                    1e-4);
    }
}

TEST(Scores, KeepTheHighestOfMany) {
    const People people = crowd(2100); // 2.2 million comparisons: more than are all kept
    const Gallery gallery = gallery_of(people.portrayed, 1, std::nullopt);
    const Scores scores =
        score_all(gallery, gallery, {.groups = 1, .same = true, .keep = 0.001, .threads = 2});
    const auto n = static_cast<double>(scores.all.comparisons);
    EXPECT_EQ(scores.all.comparisons, 2100U * 2099U / 2);
    EXPECT_GE(static_cast<double>(scores.all.highest.size()), 0.001 * n);
    EXPECT_LT(static_cast<double>(scores.all.highest.size()), 0.002 * n);
    EXPECT_TRUE(std::ranges::is_sorted(scores.all.highest, std::greater{}, &NonMatedScore::score));
    EXPECT_GE(scores.all.highest.back().score, scores.all.complete_from);
    EXPECT_NEAR(scores.step_rate.front(), 1, 1e-9) << "every score lies above the lowest step";
}

} // namespace
} // namespace kaomon::evaluate
