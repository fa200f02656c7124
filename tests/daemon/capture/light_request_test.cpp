#include "daemon/capture/light_request.hpp"

#include <gtest/gtest.h>

namespace kaomon::capture {
namespace {

using liveness::Outcome;

// Of a face that is there from the first frame on, at 30 frames a second: when light is asked for, in ms.
std::vector<int> asked(LightRequest request, int milliseconds, Outcome flash = Outcome::not_assessed) {
    std::vector<int> times;
    for (int at = 0; at < milliseconds; at += 33) {
        if (request.due(Milliseconds(at), flash, Instant(Milliseconds(at))))
            times.push_back(at);
    }
    return times;
}
LightRequest with_a_screen(bool demanded, bool preferred) {
    LightRequest request(demanded, preferred);
    request.available(true);
    return request;
}

TEST(LightRequest, ComesAtOnceWhereItIsDemandedAndAfterTheSilentPartWhereItIsPreferred) {
    EXPECT_EQ(asked(with_a_screen(true, false), 3000), (std::vector{330}));
    EXPECT_EQ(asked(with_a_screen(true, true), 3000), (std::vector{330}));
    EXPECT_EQ(asked(with_a_screen(false, true), 3000), (std::vector{1221}));
}

TEST(LightRequest, ComesTwiceAtMost) {
    EXPECT_EQ(asked(with_a_screen(true, false), 60'000), (std::vector{330, 6336}));
}

TEST(LightRequest, NeverWithoutAScreenAWishOrAFaceNorWhenItIsKnown) {
    EXPECT_TRUE(asked(LightRequest(true, true), 3000).empty());
    EXPECT_TRUE(asked(with_a_screen(false, false), 3000).empty());
    EXPECT_TRUE(asked(with_a_screen(true, true), 3000, Outcome::pass).empty());
    EXPECT_TRUE(asked(with_a_screen(true, true), 3000, Outcome::fail).empty());
    auto request = with_a_screen(true, true);
    EXPECT_FALSE(request.due({}, Outcome::not_assessed, Instant{}));
    request.available(false);
    EXPECT_TRUE(asked(request, 3000).empty()) << "the screen is gone";
}

} // namespace
} // namespace kaomon::capture
