#include "daemon/match/comparison.hpp"
#include "daemon/match/probe.hpp"
#include "tests/daemon/match/templates.hpp"

#include <gtest/gtest.h>

namespace kaomon::match {
namespace {

using namespace std::chrono_literals;

constexpr Instant start{1h};

// A view, `after` the first moment, whose template has that length before normalisation. `degrees` is the
// angle between templates: two under 69 may be one person's.
View view(Milliseconds after, float norm, double degrees = 0) {
    return {.face = at_angle(degrees, norm), .captured = start + after};
}
View turned(View one, float yaw) {
    one.yaw = yaw;
    return one;
}
View on_track(View one, std::uint32_t track) {
    one.track = track;
    return one;
}
View flawed(View one) {
    one.flawed = true;
    return one;
}

// How near the probe is to the view at that angle: 1 when it is made of such views only.
float likeness(const face::Template& probe, double degrees) {
    return compare(probe, at_angle(degrees));
}

TEST(Probe, IsReadyWithEnoughGoodViews) {
    Probe probe(3);
    EXPECT_FALSE(probe.ready(start));
    for (int i = 0; i < 3; ++i) {
        EXPECT_FALSE(probe.ready(start + i * 200ms));
        probe.add(view(i * 200ms, 12));
    }
    const auto fused = probe.ready(start + 400ms);
    ASSERT_TRUE(fused);
    EXPECT_FLOAT_EQ(likeness(*fused, 0), 1);
}

TEST(Probe, TwoStrongViewsAreEnough) {
    Probe probe(5);
    probe.add(view(0ms, 13));
    EXPECT_FALSE(probe.ready(start));
    probe.add(view(200ms, 12.4F));
    EXPECT_FALSE(probe.ready(start + 200ms));
    probe.add(view(400ms, 12.6F));
    EXPECT_TRUE(probe.ready(start + 400ms));
}

TEST(Probe, AsksForLessTheLongerItLooks) {
    struct Step {
        Milliseconds waited;
        int views;
        float norm;
    };
    for (const auto& [waited, views, norm] : {Step{1400ms, 3, 11.2F},
                                              {1500ms, 3, 10.4F},
                                              {2900ms, 3, 10.4F},
                                              {3000ms, 3, 9.5F},
                                              {4500ms, 2, 8.0F},
                                              {6000ms, 1, 8.0F},
                                              {60'000ms, 1, 8.0F}}) {
        const auto ready_with = [&](int count, float length) {
            Probe probe(3);
            for (int i = 0; i < count; ++i)
                probe.add(view(i * 200ms, length));
            return probe.ready(start + waited).has_value();
        };
        EXPECT_TRUE(ready_with(views, norm)) << waited.count();
        EXPECT_FALSE(ready_with(views - 1, norm)) << waited.count();
        if (norm > 8) {
            EXPECT_FALSE(ready_with(views, norm - 0.1F)) << waited.count();
        }
    }
}

TEST(Probe, ChoosesByNormNotByTime) {
    Probe probe(2);
    probe.add(view(0ms, 11.3F, 0));
    probe.add(view(200ms, 13, 40));
    probe.add(view(400ms, 14, 50));
    const auto fused = probe.ready(start + 400ms);
    ASSERT_TRUE(fused);
    EXPECT_FLOAT_EQ(likeness(*fused, 45), 1);
}

TEST(Probe, OfNeighboursInTimeTheBetterStays) {
    Probe probe(2);
    probe.add(view(0ms, 12, 0));
    probe.add(view(30ms, 13, 30));
    probe.add(view(60ms, 12, 60));
    EXPECT_FALSE(probe.ready(start + 60ms)) << "three frames of one moment are one view";
    probe.add(view(300ms, 12, 40));
    const auto fused = probe.ready(start + 300ms);
    ASSERT_TRUE(fused);
    EXPECT_FLOAT_EQ(likeness(*fused, 35), 1);
}

TEST(Probe, AnotherPoseIsAnotherViewSooner) {
    Probe probe(2);
    probe.add(view(0ms, 12));
    probe.add(turned(view(50ms, 12), 10));
    EXPECT_FALSE(probe.ready(start + 50ms)) << "too soon for any pose";
    probe.add(turned(view(80ms, 12), 3));
    EXPECT_FALSE(probe.ready(start + 80ms)) << "no other pose";
    probe.add(turned(view(90ms, 12), 6));
    EXPECT_TRUE(probe.ready(start + 90ms));
}

TEST(Probe, OneBetterViewTakesThePlaceOfAllItsNeighbours) {
    Probe probe(3);
    probe.add(turned(view(0ms, 12, 0), 0));
    probe.add(turned(view(70ms, 12, 0), 6));
    probe.add(turned(view(50ms, 13, 40), 3)); // a neighbour of both
    probe.add(view(400ms, 12, 40));
    EXPECT_FALSE(probe.ready(start + 400ms)) << "two views are left";
    probe.add(view(600ms, 12, 40));
    EXPECT_FLOAT_EQ(likeness(*probe.ready(start + 600ms), 40), 1);
}

TEST(Probe, ViewsOfAnotherTrackAreNotFusedWithTheseBefore) {
    Probe probe(3);
    probe.add(on_track(view(0ms, 12, 0), 1));
    probe.add(on_track(view(200ms, 12, 0), 1));
    probe.add(on_track(view(400ms, 12, 40), 2));
    EXPECT_FALSE(probe.ready(start + 400ms));
    EXPECT_FALSE(probe.ready(start + 1700ms)) << "its time begins anew, too";
    probe.add(on_track(view(600ms, 12, 40), 2));
    probe.add(on_track(view(800ms, 12, 40), 2));
    EXPECT_FLOAT_EQ(likeness(*probe.ready(start + 800ms), 40), 1);
}

TEST(Probe, AViewUnlikeTheOthersIsAnotherPersons) {
    Probe probe(3);
    probe.add(view(0ms, 12, 0));
    probe.add(view(200ms, 12, 0));
    probe.add(view(400ms, 12, 75)); // cosine 0.26
    EXPECT_FALSE(probe.ready(start + 400ms));
    probe.add(view(600ms, 12, 75));
    probe.add(view(800ms, 12, 75));
    EXPECT_FLOAT_EQ(likeness(*probe.ready(start + 800ms), 75), 1);
}

TEST(Probe, SaysWhenAViewIsAnotherPersonsAndNotForAnotherTrack) {
    Probe probe(3);
    EXPECT_FALSE(probe.add(view(0ms, 12)));
    EXPECT_FALSE(probe.add(view(200ms, 12, 20)));
    EXPECT_FALSE(probe.add(on_track(view(400ms, 12, 20), 2))) << "followed anew, and alike";
    EXPECT_TRUE(probe.add(view(600ms, 12, 90)));
    EXPECT_FALSE(probe.add(view(800ms, 12, 90))) << "once";
    EXPECT_TRUE(probe.add(on_track(view(1000ms, 12, 0), 3)));
}

TEST(Probe, AViewWithAFlawIsWorthLess) {
    Probe probe(2);
    probe.add(flawed(view(0ms, 12, 0)));
    probe.add(flawed(view(200ms, 12, 0)));
    EXPECT_FALSE(probe.ready(start + 200ms)) << "12 with closed eyes is 11";
    probe.add(view(400ms, 11.5F, 40));
    probe.add(view(600ms, 11.5F, 40));
    EXPECT_FLOAT_EQ(likeness(*probe.ready(start + 600ms), 40), 1);
}

} // namespace
} // namespace kaomon::match
