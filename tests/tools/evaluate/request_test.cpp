#include "tools/evaluate/request.hpp"

#include <gtest/gtest.h>

#include <string>

namespace kaomon::evaluate {
namespace {

TEST(Request, AHintForAMovementAsksForItAndAnyOtherForNone) {
    EXPECT_EQ(asked_by(Reason::turn_slowly), fault::Ask::left);
    EXPECT_EQ(asked_by(Reason::blink_once), fault::Ask::blink);
    EXPECT_EQ(asked_by(Reason::hold_still), fault::Ask::none);
    EXPECT_EQ(asked_by(Reason::no_face), fault::Ask::none);
    for (const auto& [hint, wanted] : {std::pair{"turn_left", fault::Ask::left},
                                       {"turn_right", fault::Ask::right},
                                       {"look_up", fault::Ask::up},
                                       {"look_down", fault::Ask::down},
                                       {"come_closer", fault::Ask::closer}}) {
        if (const auto reason = from_word<Reason>(std::string(hint))) {
            EXPECT_EQ(asked_by(*reason), wanted) << hint;
        }
    }
}

} // namespace
} // namespace kaomon::evaluate
