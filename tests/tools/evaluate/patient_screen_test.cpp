#include "tools/evaluate/patient_screen.hpp"

#include <gtest/gtest.h>

namespace kaomon::evaluate {
namespace {

using namespace std::chrono_literals;
using fault::Rgb;
constexpr Rgb one{200, 100, 100}, other{100, 100, 200};

TEST(PatientScreen, ShowsOneColourAfterTheOtherThenNothing) {
    PatientScreen screen;
    const Instant start(10s);
    EXPECT_EQ(screen.changes(start), std::nullopt);
    screen.show({one, other}, start);
    EXPECT_EQ(screen.changes(start), one);
    screen.show({other}, start + 100ms); // goes on with what it shows
    EXPECT_EQ(screen.changes(start + 499ms), std::nullopt);
    EXPECT_EQ(screen.changes(start + 500ms), other);
    EXPECT_EQ(screen.changes(start + 999ms), std::nullopt);
    EXPECT_EQ(screen.changes(start + 1000ms), Rgb{});
    EXPECT_EQ(screen.changes(start + 2000ms), std::nullopt);
}

TEST(PatientScreen, AcknowledgesWhatItShows) {
    PatientScreen screen;
    const Instant start(10s);
    screen.show({one, other}, start);
    screen.changes(start);
    EXPECT_TRUE(screen.shown(start).empty());
    ASSERT_EQ(screen.shown(start + 40ms).size(), 1U);
    EXPECT_EQ(screen.shown(start + 40ms)[0].since, start + PatientScreen::acknowledged_after);
    screen.changes(start + 510ms);
    const auto shown = screen.shown(start + 560ms);
    ASSERT_EQ(shown.size(), 2U);
    EXPECT_EQ(shown[1].colour, other);
}

} // namespace
} // namespace kaomon::evaluate
