#include "daemon/match/comparison.hpp"
#include "tests/daemon/match/templates.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace kaomon::match {
namespace {

TEST(Compare, IsTheCosine) {
    EXPECT_NEAR(compare(at_angle(10), at_angle(10)), 1, 1e-6);
    EXPECT_NEAR(compare(at_angle(0), at_angle(60)), 0.5, 1e-6);
    EXPECT_NEAR(compare(at_angle(0), at_angle(180)), -1, 1e-6);
    EXPECT_FLOAT_EQ(compare(at_angle(12), at_angle(50)), compare(at_angle(50), at_angle(12)));
}

TEST(Compare, NeverLeavesItsRangeNorTakesNonsenseForAlike) {
    face::Template broken = at_angle(0);
    broken.get().unit[5] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(compare(broken, broken), -1);
    face::Template longer = at_angle(0);
    longer.get().unit[3] = 5; // no unit template
    EXPECT_EQ(compare(longer, longer), 1);
}

TEST(Comparison, IsTheCosineWithoutAPopulation) {
    const Score score = Comparison{}.compare(at_angle(0), at_angle(60));
    EXPECT_EQ(score.kind, ScoreKind::cosine);
    EXPECT_NEAR(score.value, 0.5, 1e-6);
}

TEST(Comparison, IsNormalisedByAPopulationOnBothSides) {
    const Population population = *Population::of(scattered(400), {}, provenance());
    const Comparison comparison(population);
    EXPECT_EQ(comparison.kind(), ScoreKind::normalised);
    const face::Template probe = at_angle(0), reference = at_angle(60);
    const Score score = comparison.compare(probe, reference);
    EXPECT_EQ(score.kind, ScoreKind::normalised);
    const Standing a = population.standing(probe), b = population.standing(reference);
    EXPECT_NEAR(score.value, ((0.5F - a.mean) / a.deviation + (0.5F - b.mean) / b.deviation) / 2 - 1.4F,
                1e-5);
    EXPECT_EQ(score.value, comparison.compare(reference, probe).value);
    EXPECT_GT(comparison.compare(probe, probe).value, score.value);
}

TEST(Comparison, TakesNonsenseForLikeNobody) {
    const Comparison comparison(*Population::of(scattered(400), {}, provenance()));
    face::Template broken = at_angle(0);
    broken.get().unit[5] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(comparison.compare(broken, at_angle(0)).value, std::numeric_limits<float>::lowest());
    EXPECT_EQ(comparison.compare(broken, at_angle(0)).kind, ScoreKind::normalised);
    EXPECT_EQ(comparison.compare(face::Template{}, face::Template{}).value,
              std::numeric_limits<float>::lowest());
}

TEST(Fuse, IsTheMeanDirectionWithTheBestNorm) {
    const std::array views{at_angle(10, 11), at_angle(50, 13)};
    const face::Template fused = fuse(views);
    EXPECT_NEAR(compare(fused, at_angle(30)), 1, 1e-6);
    EXPECT_EQ(fused.get().norm, 13);
    EXPECT_NEAR(compare(fuse({views.data(), 1}), views[0]), 1, 1e-6);
}

TEST(Fuse, OfNothingMatchesNobody) {
    EXPECT_EQ(compare(fuse({}), at_angle(0)), 0);
    const std::array opposite{at_angle(0), at_angle(180)};
    EXPECT_LT(std::abs(compare(fuse(opposite), at_angle(0))), 0.39F);
}

} // namespace
} // namespace kaomon::match
