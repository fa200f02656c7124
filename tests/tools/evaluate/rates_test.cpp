// Sets of scores made by hand, whose rates are known.
#include "tools/evaluate/rates.hpp"

#include <gtest/gtest.h>

namespace kaomon::evaluate {
namespace {

// `people` of one image each, all compared once; pair number i has the score highest - i * step.
NonMated ladder(std::uint32_t people, float highest, float step) {
    NonMated set;
    set.once = true;
    set.complete_from = -1e30F;
    for (std::uint32_t a = 0; a < people; ++a) {
        set.people[a] = {1, 1};
        for (std::uint32_t b = a + 1; b < people; ++b)
            set.highest.push_back({highest - step * static_cast<float>(set.highest.size()), a, b});
    }
    set.comparisons = set.highest.size();
    return set;
}

std::vector<MatedScore> mated(std::initializer_list<float> scores) {
    std::vector<MatedScore> made;
    for (const float score : scores)
        made.push_back({.score = score, .person = static_cast<std::uint32_t>(made.size())});
    return made;
}

TEST(Draws, DrawAsManyPeopleAsThereAreAndTheSameEveryTime) {
    const Draws draws(50, 20), again(50, 20);
    for (std::size_t i = 0; i < draws.count(); ++i) {
        unsigned sum = 0;
        for (const auto times : draws[i])
            sum += times;
        EXPECT_EQ(sum, 50U);
        EXPECT_TRUE(std::ranges::equal(draws[i], again[i]));
    }
    EXPECT_FALSE(std::ranges::equal(draws[0], draws[1]));
}

TEST(Draws, AreWorthTheSameToAnyNumberOfThreads) {
    const Draws one(50, 21), three(50, 21, 3);
    const auto value = [](Draw draw) { return 100.0 * draw[0] + 10.0 * draw[7] + draw[49]; };
    const auto values = one.each(value);
    ASSERT_EQ(values.size(), 21U);
    EXPECT_EQ(values[20], value(one[20]));
    EXPECT_EQ(three.each(value), values);
}

TEST(FalseMatchRate, CountsScoresAtAndAboveTheThreshold) {
    const NonMated set = ladder(41, 1, 0.001F); // 820 comparisons
    const Draws draws(41, 200);
    EXPECT_DOUBLE_EQ(false_match_rate(set, 1, draws)->value, 1 / 820.0);
    EXPECT_DOUBLE_EQ(false_match_rate(set, 0.9905F, draws)->value, 10 / 820.0);
    EXPECT_DOUBLE_EQ(false_match_rate(set, -1, draws)->value, 1);
}

TEST(FalseMatchRate, OfNoneHasTheLimitOfThree) {
    const Draws draws(41, 50);
    const auto none = false_match_rate(ladder(41, 1, 0.001F), 2, draws);
    EXPECT_EQ(none->value, 0);
    EXPECT_EQ(none->lowest, 0);
    EXPECT_NEAR(none->highest, 3 / 20.5, 1e-9) << "of 41 people at most 20 pairs are independent";
}

TEST(FalseMatchRate, IsUnknownWhereScoresWereNotKept) {
    NonMated set = ladder(41, 1, 0.001F);
    set.complete_from = 0.5F;
    const Draws draws(41, 10);
    EXPECT_TRUE(false_match_rate(set, 0.6F, draws));
    EXPECT_FALSE(false_match_rate(set, 0.4F, draws));
    EXPECT_FALSE(false_match_rate(NonMated{}, 0.6F, draws));
}

TEST(FalseNonMatchRate, CountsScoresBelowTheThreshold) {
    const auto scores = mated({0.1F, 0.2F, 0.3F, 0.4F});
    const Draws draws(4, 500);
    const auto rate = false_non_match_rate(scores, 0.3F, draws);
    EXPECT_DOUBLE_EQ(rate->value, 0.5);
    EXPECT_LE(rate->lowest, 0.1);
    EXPECT_GE(rate->highest, 0.9);
    EXPECT_FALSE(false_non_match_rate({}, 0.3F, draws));
    EXPECT_FALSE(false_non_match_rate(scores, 0.3F, draws, 7)) << "nobody of that group";
}

TEST(FalseNonMatchRate, HasTheIntervalOfABinomialWhenEachPersonHasOneComparison) {
    std::vector<MatedScore> scores;
    for (std::uint32_t i = 0; i < 1000; ++i)
        scores.push_back({.score = i < 50 ? 0.F : 1.F, .person = i});
    const auto rate = false_non_match_rate(scores, 0.5F, Draws(1000, 1000));
    EXPECT_DOUBLE_EQ(rate->value, 0.05);
    EXPECT_NEAR(rate->lowest, 0.05 - 1.96 * std::sqrt(0.05 * 0.95 / 1000), 0.002);
    EXPECT_NEAR(rate->highest, 0.05 + 1.96 * std::sqrt(0.05 * 0.95 / 1000), 0.002);
}

TEST(FalseNonMatchRate, HasAWiderIntervalWhenErrorsAreOfFewPeople) {
    std::vector<MatedScore> scattered, clustered;
    for (std::uint32_t i = 0; i < 1000; ++i) {
        scattered.push_back({.score = i < 50 ? 0.F : 1.F, .person = i});
        clustered.push_back({.score = i < 50 ? 0.F : 1.F, .person = i / 10});
    }
    const auto one = false_non_match_rate(scattered, 0.5F, Draws(1000, 500));
    const auto ten = false_non_match_rate(clustered, 0.5F, Draws(100, 500));
    EXPECT_GT(ten->highest - ten->lowest, 2 * (one->highest - one->lowest));
}

TEST(OperatingPoint, IsTheLowestThresholdThatKeepsTheRate) {
    const NonMated set = ladder(65, 1, 0.0001F); // 2080 comparisons
    const auto scores = mated({0.5F, 0.998F, 0.9989F, 1});
    const Draws draws(65, 200);
    const auto point = operating_point(set, scores, 0.01, draws); // 20 false matches are allowed
    ASSERT_TRUE(point);
    const auto threshold = static_cast<float>(point->threshold.value);
    EXPECT_DOUBLE_EQ(false_match_rate(set, threshold, draws)->value, 20 / 2080.0);
    EXPECT_EQ(std::nextafter(threshold, 0.F), set.highest[20].score);
    EXPECT_DOUBLE_EQ(point->false_non_match->value, 0.5);
    EXPECT_LE(point->threshold.lowest, point->threshold.value);
    EXPECT_GT(point->threshold.highest, point->threshold.value);
}

TEST(OperatingPoint, OfFewerThanTenFalseMatchesIsNoMeasurement) {
    const NonMated set = ladder(65, 1, 0.0001F);
    const Draws draws(65, 20);
    EXPECT_TRUE(operating_point(set, {}, 0.005, draws)); // 10.4
    EXPECT_FALSE(operating_point(set, {}, 0.0045, draws));
    EXPECT_FALSE(operating_point(set, {}, 0.005, draws)->false_non_match);
}

TEST(FalseNonMatchWhereAllKeep, IsThatOfTheSetWithTheHighestScores) {
    const std::array sets{ladder(61, 1, 0.0001F), ladder(61, 0.9F, 0.0001F)}; // 1,830 comparisons each
    const Draws draws(61, 100);
    // 18 false matches are allowed: the next one of the higher set has the score 0.9982
    const auto scores = mated({0.9F, 0.998F, 0.9983F, 0.999F});
    const auto both = false_non_match_where_all_keep(sets, scores, 0.01, draws);
    ASSERT_TRUE(both);
    EXPECT_DOUBLE_EQ(both->value, 0.5);
    EXPECT_EQ(both->draws.size(), 100U);
    EXPECT_GT(rate_of(both->value, both->draws).highest, 0.5);
    const auto lower = false_non_match_where_all_keep(std::span(sets).last(1), scores, 0.01, draws);
    EXPECT_DOUBLE_EQ(lower->value, 0) << "0.8982 is enough among those";
}

TEST(FalseNonMatchWhereAllKeep, HearsOnlySetsThatCanSay) {
    const std::array sets{ladder(30, 1, 0.0001F), ladder(61, 0.9F, 0.0001F)}; // the first: 435 comparisons
    const Draws draws(61, 10);
    const auto scores = mated({0.9F, 0.998F, 0.9983F, 0.999F});
    EXPECT_DOUBLE_EQ(false_non_match_where_all_keep(sets, scores, 0.01, draws)->value, 0);
    EXPECT_DOUBLE_EQ(false_non_match_where_all_keep(sets, scores, 0.01, draws, 4)->value, 1);
    EXPECT_FALSE(false_non_match_where_all_keep(sets, scores, 1e-3, draws));
    EXPECT_FALSE(false_non_match_where_all_keep(sets, {}, 0.01, draws));
    EXPECT_FALSE(false_non_match_where_all_keep({}, scores, 0.01, draws));
}

TEST(RateOf, HasTheMiddleOfWhatTheDrawsGave) {
    std::vector<double> drawn;
    for (int i = 0; i <= 1000; ++i)
        drawn.push_back(i / 1000.0 - 0.5);
    drawn.push_back(std::numeric_limits<double>::quiet_NaN());
    const Rate rate = rate_of(0, drawn);
    EXPECT_NEAR(rate.lowest, -0.475, 1e-3);
    EXPECT_NEAR(rate.highest, 0.475, 1e-3);
}

} // namespace
} // namespace kaomon::evaluate
