#include "daemon/capture/guidance.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kaomon::capture {
namespace {

using enum Reason;

// What is shown over frames 33 ms apart.
class Shown {
  public:
    Shown& frames(int count, std::initializer_list<Reason> in_turn) {
        for (int i = 0; i < count; ++i) {
            for (const Reason reason : in_turn) {
                if (const auto shown = guidance_.next(reason, now_))
                    hints.push_back(*shown);
                now_ += Milliseconds(33);
            }
        }
        return *this;
    }
    std::vector<Reason> hints;

  private:
    Guidance guidance_;
    Instant now_{std::chrono::hours(1)};
};

TEST(Guidance, AHintIsSaidOnce) {
    EXPECT_EQ(Shown().frames(60, {no_face}).hints, std::vector{no_face});
}

TEST(Guidance, OneFrameSaysNothing) {
    Shown shown;
    EXPECT_TRUE(shown.frames(1, {face_too_dark}).hints.empty());
    shown.frames(30, {hold_still});
    for (int i = 0; i < 5; ++i)
        shown.frames(1, {face_blurred}).frames(1, {face_eyes_closed}).frames(10, {hold_still});
    EXPECT_EQ(shown.hints, std::vector{hold_still});
}

TEST(Guidance, TwoFaultsInTurnDoNotFlicker) {
    Shown shown;
    shown.frames(40, {face_too_dark});
    shown.frames(60, {face_blurred, face_too_dark, face_turned}); // none has half of them
    EXPECT_EQ(shown.hints, std::vector{face_too_dark});
}

TEST(Guidance, AHintStaysLongEnoughToBeRead) {
    Shown shown;
    shown.frames(4, {face_too_far}).frames(20, {face_turned}); // 0.8 s in all
    EXPECT_EQ(shown.hints, std::vector{face_too_far});
    shown.frames(20, {face_turned});
    EXPECT_EQ(shown.hints, (std::vector{face_too_far, face_turned}));
}

TEST(Guidance, HoldStillGivesWayAtOnce) {
    Shown shown;
    shown.frames(10, {hold_still}).frames(10, {face_off_centre}); // a third of a second
    EXPECT_EQ(shown.hints, (std::vector{hold_still, face_off_centre}));
}

TEST(Guidance, ASlowCameraIsEnough) {
    Guidance guidance;
    const Instant start{std::chrono::hours(1)};
    EXPECT_FALSE(guidance.next(no_face, start));
    EXPECT_EQ(guidance.next(no_face, start + Milliseconds(330)), no_face); // 3 frames a second
}

} // namespace
} // namespace kaomon::capture
