// What of an earlier session falls on the next one, whichever way it takes.
#include "tests/daemon/session/other_methods.hpp"

namespace kaomon::session {
namespace {

using InheritedSuspicion = OtherMethods;

TEST_F(InheritedSuspicion, AForgedFeedIsInheritedByTheCardUntilStaffHasLooked) {
    veto(Reason::feed_repeated);
    begin();
    put_card();
    card(free_data()); // neither face nor PIN say who stands there: they are not begun
    EXPECT_EQ(last().state, State::waiting_method);
    EXPECT_EQ(last().hint, Reason::suspicion_remains);
    EXPECT_EQ(last().methods, (std::vector<Method>{Method::visual_check}));
    EXPECT_EQ(refused(last().session, with_pin()), Reason::suspicion_remains);
    EXPECT_EQ(calls_.back(), "face end") << "the camera is given back";
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
    veto(Reason::flat_face);
    methods_ = {Method::face};
    for (int retry = 0; retry < 3; ++retry) {
        now_ += 100;
        begin();
        put_card();
        card(free_data());
        EXPECT_EQ(last().verdict->decision, match::Decision::undecided);
        EXPECT_EQ(reason(), Reason::suspicion_remains);
    }
    now_ += 300; // ten minutes after the veto: retries do not make it last longer
    until_looking();
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match);
}

TEST_F(InheritedSuspicion, AnotherCardIsNotSuspected) {
    veto(Reason::feed_repeated, 1);
    until_looking(2);
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match);
    EXPECT_TRUE(claims().suspicion.empty());
}

TEST_F(InheritedSuspicion, AVetoBeforeTheCardIsKnownWeighsOnNobody) {
    begin();
    put_card();
    face(FaceFailed{{Reason::feed_spliced, ""}, liveness::all_kinds({})});
    EXPECT_EQ(reason(), Reason::feed_spliced);
    EXPECT_NE(audit_text().find("feed_spliced"), std::string::npos) << "but it is on record";
    until_looking(7);
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match);
    EXPECT_TRUE(claims().suspicion.empty());
}

TEST_F(InheritedSuspicion, AForgedCardProvesItselfByItsRecordOrNotAtAll) {
    begin();
    put_card();
    card(free_data());
    card(RecordRead{SecretBytes{1},
                    {mynumber::Check::valid, mynumber::Check::invalid, mynumber::Hierarchy::simulated,
                     Reason::chip_not_genuine}});
    EXPECT_EQ(reason(), Reason::chip_not_genuine);

    until_waiting(); // the same card, around the check: a forged card shows whatever photograph one likes
    EXPECT_EQ(last().verdict->decision, match::Decision::not_verified);
    EXPECT_EQ(reason(), Reason::chip_not_genuine);

    methods_ = {Method::face};
    until_looking(); // record and chip are proven now
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match);
    EXPECT_EQ(claims().suspicion, (std::vector<std::string>{"chip_not_genuine"}));
    const auto id = until_waiting();
    provide(id, with_pin());
    card(pin_taken());
    EXPECT_EQ(reason(), Reason::pin_accepted) << "it has cleared itself";
}

TEST_F(InheritedSuspicion, ACardThatProvedItselfHasItsOtherMethodsBack) {
    veto_of_card();
    const auto id = until_no_match();
    EXPECT_EQ(last().methods, (std::vector<Method>{Method::pin, Method::visual_check}));
    provide(id, with_pin());
    card(pin_taken());
    EXPECT_EQ(reason(), Reason::pin_accepted);
    EXPECT_EQ(claims().suspicion, (std::vector<std::string>{"chip_not_genuine"}));
}

TEST_F(InheritedSuspicion, AVisualCheckWaitsForTheProof) {
    veto_of_card();
    const auto id = begin(std::nullopt);
    put_card();
    card(free_data());
    provide(*id, with_visual_check());
    EXPECT_EQ(last().state, State::waiting_access_number) << "a forgery is not overtaken";
    provide(*id, with_number());
    card(genuine());
    EXPECT_EQ(reason(), Reason::staff_confirmed);
}

TEST_F(InheritedSuspicion, IsFoundByTheChipWhateverElseTheCardSays) {
    veto(Reason::feed_repeated, 1);
    begin();
    put_card();
    card(free_data(99)); // its information was changed on the way
    card(genuine(1));
    EXPECT_EQ(last().hint, Reason::suspicion_remains);
    EXPECT_EQ(last().methods, (std::vector<Method>{Method::visual_check}));
    EXPECT_EQ(std::ranges::count(calls_, "face reference"), 1) << "of the first session alone";
}

// Kill and restart are the same to what is on the disk.
TEST_F(InheritedSuspicion, IsOnTheDiskBeforeAnybodyHearsTheVerdict) {
    std::vector<Reason> on_disk;
    methods_ = {Method::face};
    heard_ = [&](const Update& update) {
        if (update.verdict)
            on_disk = kept().inherited(free_data().known_by, now_);
    };
    veto(Reason::feed_repeated);
    EXPECT_EQ(on_disk, (std::vector{Reason::feed_repeated}));

    make_desk(kept());
    methods_ = {Method::face, Method::pin, Method::visual_check};
    const auto id = begin();
    put_card();
    card(free_data());
    EXPECT_EQ(last().methods, (std::vector<Method>{Method::visual_check}));
    provide(*id, with_visual_check());
    EXPECT_EQ(claims().suspicion, (std::vector<std::string>{"feed_repeated"}));
    EXPECT_TRUE(kept().inherited(free_data().known_by, now_).empty()) << "and so is its end";
}

TEST_F(InheritedSuspicion, WithoutADiskNoVetoAndNoMismatchIsGivenOut) {
    std::filesystem::create_directory(folder_ / "suspicions");
    std::filesystem::create_directory(folder_ / "suspicions/in the way");
    methods_ = {Method::face};
    until_looking();
    face(FaceReady{looking_at(1), live_feed()});
    EXPECT_EQ(last().verdict->decision, match::Decision::undecided);
    EXPECT_EQ(reason(), Reason::suspicion_unwritable);
    until_looking(2);
    face(FaceFailed{{Reason::feed_repeated, ""}, liveness::all_kinds({})});
    EXPECT_EQ(reason(), Reason::suspicion_unwritable);
    until_looking(3);
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match) << "who leaves nothing behind is not held up";
}

TEST_F(InheritedSuspicion, AfterADamagedFileStaffLooksUntilItsTimeIsOver) {
    std::ofstream(folder_ / "suspicions") << "damaged";
    make_desk(kept());
    for (const std::uint8_t patient : {std::uint8_t{1}, std::uint8_t{2}}) {
        const auto id = begin();
        put_card();
        card(free_data(patient));
        EXPECT_EQ(last().hint, Reason::suspicion_unreadable);
        EXPECT_EQ(last().methods, (std::vector<Method>{Method::visual_check}));
        provide(*id, with_visual_check());
        EXPECT_EQ(reason(), Reason::staff_confirmed);
        make_desk(kept()); // no restart shortens it
    }
    now_ += 600;
    until_looking();
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match);
}

TEST_F(InheritedSuspicion, ThreeFacesThatDoNotMatchCloseTheFaceForThisCard) {
    const auto fail_once = [&](std::uint8_t mark) {
        methods_ = {Method::face};
        until_looking(mark);
        face(FaceReady{looking_at(1), live_feed()});
        EXPECT_EQ(reason(), Reason::no_match);
    };
    fail_once(1);
    EXPECT_FALSE(last().retry_after);
    now_ += 100;
    fail_once(1);
    make_desk(kept());
    fail_once(2);
    fail_once(1);
    EXPECT_EQ(last().retry_after, Milliseconds(500'000));

    make_desk(kept());
    begin();
    put_card();
    card(free_data());
    EXPECT_EQ(last().verdict->decision, match::Decision::undecided);
    EXPECT_EQ(reason(), Reason::face_throttled);
    EXPECT_EQ(last().retry_after, Milliseconds(500'000));

    methods_ = {Method::face, Method::pin, Method::visual_check};
    const auto id = begin();
    put_card();
    card(free_data());
    EXPECT_EQ(last().hint, Reason::face_throttled);
    EXPECT_EQ(last().methods, (std::vector<Method>{Method::pin, Method::visual_check}));
    provide(*id, with_pin());
    card(pin_taken());
    EXPECT_EQ(reason(), Reason::pin_accepted);
    EXPECT_TRUE(claims().suspicion.empty()) << "it is none";

    until_looking(2);
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match) << "another patient's card";
    until_looking(1);
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match) << "the PIN's holder was there: nothing is counted any more";
    EXPECT_FALSE(last().retry_after);
}

} // namespace
} // namespace kaomon::session
