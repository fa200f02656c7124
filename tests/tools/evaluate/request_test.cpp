#include "daemon/liveness/movement.hpp"
#include "tools/evaluate/request.hpp"

#include <gtest/gtest.h>

namespace kaomon::evaluate {
namespace {

TEST(Request, AHintForAMovementAsksForItAndAnyOtherForNone) {
    for (const auto movement : values<liveness::Movement>())
        EXPECT_EQ(word(asked_by(liveness::request_for(movement))), word(movement));
    EXPECT_EQ(asked_by(Reason::blink_once), fault::Ask::blink);
    for (const Reason other : {Reason::hold_still, Reason::no_face, Reason::screen_light})
        EXPECT_EQ(asked_by(other), fault::Ask::none);
}

} // namespace
} // namespace kaomon::evaluate
