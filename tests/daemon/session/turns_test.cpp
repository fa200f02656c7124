// Two users at one desk.
#include "tests/daemon/session/scripted_sides.hpp"

namespace kaomon::session {
namespace {

struct Turns : VerificationDeskTest {
    static constexpr uid_t greedy = 2000, honest = 3000;

    std::expected<SessionId, Refusal> begin_as(uid_t caller) {
        Request request;
        request.nonce = "a-nonce-of-the-caller";
        request.methods = {Method::face};
        request.deadline = 10s;
        request.caller = caller;
        auto id = desk_->begin(std::move(request), [](const Update&) {});
        turn();
        return id;
    }
    std::size_t place(uid_t caller) {
        const auto refused = begin_as(caller);
        EXPECT_FALSE(refused);
        if (refused)
            return 0;
        EXPECT_EQ(refused.error().reason, Reason::busy);
        EXPECT_LE(refused.error().retry_after, Milliseconds{2000});
        return refused.error().place;
    }
};

TEST_F(Turns, APermanentCallerLetsOthersIn) {
    const auto first = begin_as(greedy);
    ASSERT_TRUE(first);
    EXPECT_EQ(place(honest), 1U);
    EXPECT_EQ(place(greedy), 2U);
    ASSERT_TRUE(desk_->cancel(*first, greedy, Reason::cancelled));
    turn();
    EXPECT_EQ(place(greedy), 2U) << "the desk is free, and it is not their turn";
    const auto theirs = begin_as(honest);
    ASSERT_TRUE(theirs);
    EXPECT_EQ(place(greedy), 1U);
    ASSERT_TRUE(desk_->cancel(*theirs, honest, Reason::cancelled));
    turn();
    EXPECT_TRUE(begin_as(greedy));
}

TEST_F(Turns, WhoIsRefusedForAnotherReasonStandsInNobodysWay) {
    Request wrong;
    wrong.nonce = "a-nonce-of-the-caller";
    wrong.deadline = Milliseconds{1}; // too short
    wrong.caller = greedy;
    EXPECT_FALSE(desk_->begin(std::move(wrong), {}));
    EXPECT_TRUE(begin_as(honest));
}

} // namespace
} // namespace kaomon::session
