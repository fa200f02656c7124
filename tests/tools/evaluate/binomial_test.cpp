#include "tools/evaluate/binomial.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace kaomon::evaluate {
namespace {

// Textbook values (Clopper-Pearson, 95 %).
TEST(ExactInterval, AsInTheTables) {
    EXPECT_NEAR(exact_interval(0, 10).high, 0.3085, 1e-4);
    EXPECT_EQ(exact_interval(0, 10).low, 0);
    EXPECT_NEAR(exact_interval(10, 10).low, 0.6915, 1e-4);
    EXPECT_EQ(exact_interval(10, 10).high, 1);
    EXPECT_NEAR(exact_interval(3, 20).low, 0.0321, 1e-4);
    EXPECT_NEAR(exact_interval(3, 20).high, 0.3789, 1e-4);
    EXPECT_NEAR(exact_interval(0, 299).high, 0.01226, 1e-4); // the rule of three, nearly
}

TEST(ExactInterval, NothingKnownIsEverythingPossible) {
    EXPECT_EQ(exact_interval(0, 0).low, 0);
    EXPECT_EQ(exact_interval(0, 0).high, 1);
    EXPECT_EQ(exact_interval(5, 3).high, 1);
}

TEST(ExactInterval, ManyTrialsStayNumbers) {
    const Interval interval = exact_interval(500, 100'000);
    EXPECT_GT(interval.low, 0.0045);
    EXPECT_LT(interval.high, 0.0055);
}

} // namespace
} // namespace kaomon::evaluate
