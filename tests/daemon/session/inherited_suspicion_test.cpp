// What of an earlier session falls on the next one, whichever way it takes.
#include "tests/daemon/session/other_methods.hpp"

namespace kaomon::session {
namespace {

using InheritedSuspicion = OtherMethods;

TEST_F(InheritedSuspicion, AForgedFeedIsInheritedByTheCardUntilStaffHasLooked) {
    veto(Reason::feed_repeated);
    until_looking();
    face(FaceReady{looking_at(0), live_feed()}); // the face would match
    EXPECT_EQ(last().state, State::waiting_method);
    EXPECT_EQ(last().hint, Reason::suspicion_remains);
    provide(last().session, with_pin());
    card(pin_taken());
    EXPECT_EQ(last().hint, Reason::suspicion_remains) << "nor does a PIN say who stands there";
    EXPECT_EQ(last().methods, (std::vector<Method>{Method::visual_check}));
    provide(last().session, with_visual_check());
    EXPECT_EQ(reason(), Reason::staff_confirmed);
    EXPECT_EQ(claims().suspicion, (std::vector<std::string>{"feed_repeated"}));
    EXPECT_NE(audit_text().find(R"("suspicion":"feed_repeated")"), std::string::npos);

    until_looking(); // and then it is over
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match);
    EXPECT_TRUE(claims().suspicion.empty());
}

TEST_F(InheritedSuspicion, WithoutAVisualCheckSuspicionIsUndecided) {
    veto(Reason::feed_frozen);
    methods_ = {Method::face};
    for (int retry = 0; retry < 3; ++retry) {
        until_looking();
        face(FaceReady{looking_at(0), live_feed()});
        EXPECT_EQ(last().verdict->decision, match::Decision::undecided);
        EXPECT_EQ(reason(), Reason::suspicion_remains);
    }
}

TEST_F(InheritedSuspicion, AnotherCardIsNotSuspected) {
    veto(Reason::feed_repeated, 1);
    until_looking(2);
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match);
    EXPECT_TRUE(claims().suspicion.empty());
}

TEST_F(InheritedSuspicion, AVetoBeforeTheCardIsKnownFallsOnTheNextOne) {
    begin();
    put_card();
    face(FaceFailed{{Reason::feed_spliced, ""}, liveness::all_kinds({})});
    EXPECT_EQ(reason(), Reason::feed_spliced);
    until_looking(7);
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(last().hint, Reason::suspicion_remains);
    ASSERT_TRUE(desk_->cancel(last().session, 1000, Reason::cancelled));
    until_looking(8);
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match) << "and on that one alone";
}

TEST_F(InheritedSuspicion, AForgedCardProvesItselfByItsRecordOrNotAtAll) {
    begin();
    put_card();
    card(free_data());
    card(RecordRead{SecretBytes{1},
                    {mynumber::Check::valid, mynumber::Check::invalid, mynumber::Hierarchy::simulated,
                     Reason::chip_not_genuine}});
    EXPECT_EQ(reason(), Reason::chip_not_genuine);

    auto id = until_waiting(); // the same card, around the check
    provide(id, with_pin());
    card(pin_taken());
    EXPECT_EQ(last().verdict->decision, match::Decision::not_verified);
    EXPECT_EQ(reason(), Reason::chip_not_genuine);
    id = until_waiting();
    provide(id, with_visual_check());
    EXPECT_EQ(reason(), Reason::chip_not_genuine) << "a forged card shows whatever photograph one likes";

    methods_ = {Method::face};
    until_looking(); // record and chip are proven now
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match);
    EXPECT_EQ(claims().suspicion, (std::vector<std::string>{"chip_not_genuine"}));
    id = until_waiting();
    provide(id, with_pin());
    card(pin_taken());
    EXPECT_EQ(reason(), Reason::pin_accepted) << "it has cleared itself";
}

} // namespace
} // namespace kaomon::session
