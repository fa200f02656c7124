// The inner loops run without the sanitizer; their ranges are looked at before.
#include "daemon/face/engine/kernels.hpp"
#include "daemon/face/engine/whole_range.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kaomon::face::engine {
namespace {

#ifdef KAOMON_ADDRESS_SANITIZER
// Two pixels of eight channels each, seen through one weight: what a plan that is one number short would ask.
struct RangeDeathTest : ::testing::Test {
    std::vector<float> numbers = std::vector<float>(2), weights = std::vector<float>(8),
                       bias = std::vector<float>(8), slopes = std::vector<float>(8),
                       sums = std::vector<float>(16);

    void SetUp() override {
        if (!kernels_for(InstructionSet::avx2))
            GTEST_SKIP() << "this CPU has no AVX2 or no FMA";
    }
    void run(std::size_t length, std::size_t target) {
        const float* source[] = {numbers.data(), numbers.data() + 1};
        float* targets[] = {sums.data(), sums.data() + target};
        kernels_for(InstructionSet::avx2)
            ->convolve({.count = 2, .source = source, .target = targets}, {.length = length},
                       {.first = 0,
                        .count = 8,
                        .weights = weights.data(),
                        .finish = {.bias = bias.data(), .slopes = slopes.data()}});
    }
};

TEST_F(RangeDeathTest, WhatLiesInsideIsWorkedOut) {
    numbers = {2, 3};
    weights.assign(8, 10);
    slopes.assign(8, 1);
    run(1, 8);
    EXPECT_EQ(sums.front(), 20);
    EXPECT_EQ(sums.back(), 30);
}

TEST_F(RangeDeathTest, ANumberBeyondTheSourceIsReported) {
    weights.resize(16);
    EXPECT_DEATH(run(2, 8), "AddressSanitizer");
}

TEST_F(RangeDeathTest, AWeightBeyondThePanelIsReported) {
    numbers.resize(3);
    EXPECT_DEATH(run(2, 8), "AddressSanitizer");
}

TEST_F(RangeDeathTest, APixelBeyondTheTargetIsReported) {
    EXPECT_DEATH(run(1, 9), "AddressSanitizer");
}
#endif

} // namespace
} // namespace kaomon::face::engine
