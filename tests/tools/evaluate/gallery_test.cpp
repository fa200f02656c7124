#include "daemon/match/comparison.hpp"
#include "tests/tools/evaluate/galleries.hpp"

#include <gtest/gtest.h>

namespace kaomon::evaluate {
namespace {

using match::at_angle;

TEST(Gallery, HoldsEachTemplateOnce) {
    People people;
    people.add(at_angle(0), 0, 1);
    people.add(at_angle(90), 1);
    const Gallery gallery = gallery_of(people.portrayed, 1, std::nullopt);
    ASSERT_EQ(gallery.size(), 2U);
    EXPECT_FLOAT_EQ(gallery.row(0)[3], 1);
    EXPECT_FLOAT_EQ(gallery.row(1)[77], 1);
    EXPECT_EQ(gallery.group[0], 1U);
    EXPECT_TRUE(gallery.standing.empty());
}

TEST(Gallery, KnowsTheStandingInAPopulation) {
    const auto population = *match::Population::of(match::scattered(300), {}, match::provenance());
    People people;
    people.add(at_angle(20), 0);
    const Gallery gallery = gallery_of(people.portrayed, 1, population);
    EXPECT_FLOAT_EQ(gallery.standing[0].deviation, population.standing(at_angle(20)).deviation);
}

TEST(Gallery, FusesNeighboursOfAPersonWithMoreThanThatMany) {
    People people;
    for (const double angle : {0.0, 10.0, 20.0})
        people.add(at_angle(angle), 5);
    people.add(at_angle(90), 6);
    people.add(at_angle(90), 6);          // two images: none is left to compare a fused pair with
    people.add(at_angle(90), 7, 0, true); // a guess
    people.add(at_angle(90), 7, 0, true);
    people.add(at_angle(90), 7, 0, true);
    const Gallery gallery = gallery_of(people.portrayed, 2, std::nullopt);
    ASSERT_EQ(gallery.size(), 3U);
    EXPECT_EQ(gallery.images[0], (std::vector<std::uint32_t>{0, 1}));
    EXPECT_EQ(gallery.images[2], (std::vector<std::uint32_t>{2, 0}));
    const double five = 5 * std::numbers::pi / 180;
    EXPECT_NEAR(gallery.row(0)[3], std::cos(five), 1e-6);
    EXPECT_NEAR(gallery.row(0)[77], std::sin(five), 1e-6);
}

// What the daemon decides early: match::Probe is asked, not imitated.
TEST(SettledAtOnce, AreNeighboursThatAreBothStrong) {
    People people;
    for (const float norm : {13.0F, 12.6F, 12.4F, 12.5F})
        people.add(at_angle(0, norm), 5, 1);
    people.add(at_angle(0, 13), 6);
    people.add(at_angle(0, 13), 6); // two images: none is left to compare a pair with
    const Settled settled = settled_at_once(people.portrayed, 3, std::nullopt);
    EXPECT_EQ(settled.pairs, 4U);
    ASSERT_EQ(settled.gallery.size(), 2U);
    EXPECT_EQ(settled.gallery.images[0], (std::vector<std::uint32_t>{0, 1}));
    EXPECT_EQ(settled.gallery.images[1], (std::vector<std::uint32_t>{3, 0}));
    EXPECT_EQ(settled.gallery.group[0], 1U);
    EXPECT_EQ(settled_at_once(people.portrayed, 2, std::nullopt).pairs, 0U) << "then two are no fewer";
}

TEST(SettledAtOnce, NeverOfViewsThatAreUnlike) {
    People people;
    for (const double angle : {0.0, 80.0, 160.0}) // cosine 0.17
        people.add(at_angle(angle, 14), 0);
    const Settled settled = settled_at_once(people.portrayed, 3, std::nullopt);
    EXPECT_EQ(settled.pairs, 3U);
    EXPECT_EQ(settled.gallery.size(), 0U);
}

} // namespace
} // namespace kaomon::evaluate
