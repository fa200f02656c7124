#include "daemon/match/comparison.hpp"
#include "daemon/match/probe.hpp"

#include <gtest/gtest.h>

namespace kaomon::match {
namespace {

using namespace std::chrono_literals;

constexpr Instant start{1h};

// A view whose template points along one axis, of that length before normalisation.
face::Template view(std::size_t axis, float norm) {
    face::TemplateValues values;
    values.unit[axis] = 1;
    values.norm = norm;
    return face::Template(values);
}

float along(const face::Template& fused, std::size_t axis) {
    return fused.get().unit[axis];
}

TEST(Probe, IsReadyWithEnoughGoodViews) {
    Probe probe(3);
    for (int i = 0; i < 3; ++i) {
        EXPECT_FALSE(probe.ready(start + i * 200ms));
        probe.add(view(0, 12), start + i * 200ms);
    }
    const auto fused = probe.ready(start + 400ms);
    ASSERT_TRUE(fused);
    EXPECT_FLOAT_EQ(compare(*fused, view(0, 1)), 1);
}

TEST(Probe, TakesUsableViewsOnlyAfterAWhile) {
    Probe probe(2);
    probe.add(view(0, 10.8F), start);
    probe.add(view(0, 10.8F), start + 200ms);
    EXPECT_FALSE(probe.ready(start + 300ms));
    EXPECT_TRUE(probe.ready(start + 1500ms));
}

TEST(Probe, NeverTakesWeakViews) {
    Probe probe(2);
    probe.add(view(0, 9), start);
    probe.add(view(0, 12), start + 200ms);
    EXPECT_FALSE(probe.ready(start + 1h));
}

TEST(Probe, ChoosesByNormNotByTime) {
    Probe probe(2);
    probe.add(view(0, 11.3F), start);
    probe.add(view(1, 13), start + 200ms);
    probe.add(view(2, 14), start + 400ms);
    const auto fused = probe.ready(start + 400ms);
    ASSERT_TRUE(fused);
    EXPECT_EQ(along(*fused, 0), 0);
    EXPECT_GT(along(*fused, 1), 0);
    EXPECT_GT(along(*fused, 2), 0);
}

TEST(Probe, OfNeighboursInTimeTheBetterStays) {
    Probe probe(2);
    probe.add(view(0, 12), start);
    probe.add(view(1, 13), start + 30ms);
    probe.add(view(2, 12), start + 60ms);
    EXPECT_FALSE(probe.ready(start + 60ms)) << "three frames of one moment are one view";
    probe.add(view(3, 12), start + 300ms);
    const auto fused = probe.ready(start + 300ms);
    ASSERT_TRUE(fused);
    EXPECT_EQ(along(*fused, 0), 0);
    EXPECT_GT(along(*fused, 1), 0);
    EXPECT_EQ(along(*fused, 2), 0);
    EXPECT_GT(along(*fused, 3), 0);
}

} // namespace
} // namespace kaomon::match
