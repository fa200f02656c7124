// PIN and visual check: beside the face and after it.
#include "tests/daemon/session/other_methods.hpp"

namespace kaomon::session {
namespace {

TEST_F(OtherMethods, AFaceInVainLeadsToThePinWithoutReadingTheCardAgain) {
    const auto id = until_no_match();
    EXPECT_EQ(last().state, State::waiting_method);
    EXPECT_EQ(last().hint, Reason::no_match);
    EXPECT_EQ(last().methods, (std::vector<Method>{Method::pin, Method::visual_check}));
    EXPECT_FALSE(last().result);
    EXPECT_EQ(calls_.back(), "face end") << "the camera is given back";

    EXPECT_FALSE(provide(id, with_pin()));
    EXPECT_EQ(last().state, State::checking_pin);
    EXPECT_EQ(calls_.back(), "card pin 1234");
    EXPECT_EQ(std::ranges::count(calls_, "card begin"), 1);
    card(pin_taken());

    EXPECT_EQ(last().verdict->decision, match::Decision::verified);
    EXPECT_EQ(reason(), Reason::pin_accepted);
    const auto said = claims();
    EXPECT_EQ(said.method, Method::pin);
    EXPECT_EQ(said.revocation, card::mynumber::Check::not_checked);
    EXPECT_EQ(said.signature, card::mynumber::Check::valid);
    EXPECT_EQ(said.chip, card::mynumber::Check::valid);
    EXPECT_EQ(said.policy.name, "") << "nothing was compared";
    EXPECT_TRUE(said.models.empty());
    ASSERT_EQ(said.earlier.size(), 1U);
    EXPECT_EQ(said.earlier[0].method, Method::face);
    EXPECT_EQ(said.earlier[0].reason, "no_match");
    EXPECT_FALSE(said.visual_check);
}

TEST_F(OtherMethods, AVisualCheckSaysWhoWhyAndWhen) {
    const auto id = until_no_match();
    provide(id, with_visual_check());
    EXPECT_EQ(last().verdict->decision, match::Decision::verified);
    EXPECT_EQ(reason(), Reason::staff_confirmed);
    const auto said = claims();
    EXPECT_EQ(said.method, Method::visual_check);
    ASSERT_TRUE(said.visual_check);
    EXPECT_EQ(said.visual_check->staff, "hanako.s");
    EXPECT_EQ(said.visual_check->reason, VisualCheckReason::face_failed);
    EXPECT_EQ(said.visual_check->time, now_);
    EXPECT_EQ(said.earlier[0].reason, "no_match");
    for (const char* part : {R"("staff":"hanako.s")", R"("staff_reason":"face_failed")",
                             R"("method":"visual_check")", R"("earlier":"face:no_match")"})
        EXPECT_NE(audit_text().find(part), std::string::npos) << part;
}

TEST_F(OtherMethods, StaffMayDeny) {
    const auto id = until_no_match();
    provide(id, with_visual_check(false));
    EXPECT_EQ(last().verdict->decision, match::Decision::not_verified);
    EXPECT_EQ(reason(), Reason::staff_denied);
}

TEST_F(OtherMethods, WhoDoesNotAcceptThemHasTheVerdictOfTheFace) {
    methods_ = {};
    until_looking();
    face(FaceReady{looking_at(1), live_feed()});
    EXPECT_EQ(last().state, State::concluded);
    EXPECT_EQ(reason(), Reason::no_match);
}

TEST_F(OtherMethods, WhoShowsNoPresenceHasTheOtherMethodsInTheSameVisitAndNoSuspicion) {
    until_looking();
    face(FaceHint{Reason::turn_left});
    EXPECT_EQ(last().hint, Reason::turn_left) << "a request is seen as every hint is";
    face(FaceFailed{{Reason::presence_not_shown, ""}, liveness::all_kinds({})});
    ASSERT_EQ(last().state, State::waiting_method);
    EXPECT_EQ(last().hint, Reason::presence_not_shown);
    EXPECT_EQ(last().methods, (std::vector{Method::pin, Method::visual_check}));
    EXPECT_FALSE(desk_->status().camera_fault) << "the camera is not to blame";
    provide(last().session, with_visual_check());
    EXPECT_EQ(last().verdict->decision, match::Decision::verified);
    EXPECT_TRUE(claims().suspicion.empty());
}

TEST_F(OtherMethods, WithoutAnotherMethodNoPresenceIsUndecided) {
    methods_ = {};
    until_looking();
    face(FaceFailed{{Reason::presence_not_shown, ""}, liveness::all_kinds({})});
    EXPECT_EQ(last().verdict->decision, match::Decision::undecided);
    EXPECT_EQ(reason(), Reason::presence_not_shown);
}

TEST_F(OtherMethods, WithoutTheFaceTheCameraStaysOff) {
    until_waiting();
    EXPECT_EQ(last().state, State::waiting_method);
    EXPECT_EQ(last().hint, Reason::method_missing);
    EXPECT_EQ(std::ranges::count(calls_, "face begin"), 0);
    EXPECT_EQ(last().tries_left, 10);
}

TEST_F(OtherMethods, AWrongPinMayBeMendedByAnotherAct) {
    const auto id = until_waiting();
    provide(id, with_pin("9999"));
    card(PinRefused{{Reason::pin_wrong, ""}, 2});
    EXPECT_EQ(last().state, State::waiting_method);
    EXPECT_EQ(last().hint, Reason::pin_wrong);
    EXPECT_EQ(last().pin_tries_left, 2);
    EXPECT_EQ(last().methods, (std::vector<Method>{Method::pin, Method::visual_check}));
    provide(id, with_pin());
    EXPECT_EQ(last().hint, Reason::card_lift_first);
    card(CardBack{10});
    EXPECT_NE(script_->idempotency_keys[0], script_->idempotency_keys[1]);
    card(pin_taken());
    EXPECT_EQ(reason(), Reason::pin_accepted);
    EXPECT_EQ(claims().earlier[0].reason, "pin_wrong");
}

TEST_F(OtherMethods, WhatNoPinCanMendLeavesTheVisualCheckOrEnds) {
    for (const Reason why :
         {Reason::pin_locked, Reason::pin_tries_below_minimum, Reason::sign_in_certificate_expired,
          Reason::signer_unknown, Reason::card_changed}) {
        const auto id = until_waiting();
        provide(id, with_pin());
        card(PinRefused{{why, ""}, {}});
        EXPECT_EQ(last().methods, (std::vector<Method>{Method::visual_check})) << word(why);
        EXPECT_EQ(refused(id, with_pin()), Reason::method_unavailable);
        provide(id, with_visual_check());
        EXPECT_EQ(reason(), Reason::staff_confirmed);

        methods_ = {Method::pin};
        const auto alone = begin(std::nullopt);
        put_card();
        card(free_data());
        provide(*alone, with_pin());
        card(PinRefused{{why, ""}, {}});
        EXPECT_EQ(last().state, State::concluded);
        EXPECT_EQ(reason(), why);
        EXPECT_EQ(last().verdict->decision, match::Decision::undecided);
        EXPECT_EQ(claims().method, Method::pin);
    }
}

TEST_F(OtherMethods, AForgedCertificateOrChipIsAVeto) {
    for (const Reason why : {Reason::sign_in_certificate_invalid, Reason::chip_not_genuine}) {
        const auto id = until_waiting(static_cast<std::uint8_t>(why));
        provide(id, with_pin());
        card(PinAnswered{
            {mynumber::Check::valid, mynumber::Check::invalid, mynumber::Hierarchy::simulated, why}});
        EXPECT_EQ(last().verdict->decision, match::Decision::not_verified);
        EXPECT_EQ(reason(), why);
    }
}

TEST_F(OtherMethods, WhatWasFoundAgainstThePersonIsNotTakenBackBySilence) {
    const auto id = until_no_match();
    ASSERT_TRUE(desk_->cancel(id, 1000, Reason::cancelled));
    EXPECT_EQ(last().verdict->decision, match::Decision::not_verified);
    EXPECT_EQ(reason(), Reason::no_match);
    EXPECT_EQ(claims().method, Method::face);

    const auto again = until_no_match();
    provide(again, with_pin("9999"));
    card(PinRefused{{Reason::pin_locked, ""}, 0});
    ASSERT_TRUE(desk_->cancel(again, 1000, Reason::caller_gone));
    EXPECT_EQ(reason(), Reason::no_match);
}

TEST_F(OtherMethods, ALockedNumberACameraFaultOrAnInfantsCardLeadOn) {
    begin();
    put_card();
    card(free_data());
    card(CardFailed{{Reason::card_locked, ""}});
    EXPECT_EQ(last().state, State::waiting_method);
    EXPECT_EQ(last().hint, Reason::card_locked);
    provide(last().session, with_pin());
    card(pin_taken());
    EXPECT_EQ(reason(), Reason::pin_accepted);

    begin();
    put_card();
    face(FaceFailed{{Reason::no_camera, ""}, liveness::all_kinds({})});
    EXPECT_EQ(last().state, State::waiting_method);
    ASSERT_TRUE(desk_->cancel(last().session, 1000, Reason::cancelled));

    begin();
    put_card();
    card(free_data());
    card(CardFailed{{Reason::card_without_photo, ""}});
    EXPECT_EQ(last().methods, (std::vector<Method>{Method::pin, Method::visual_check}));
}

TEST_F(OtherMethods, ACardThatIsGoneLeavesOnlyTheVisualCheck) {
    begin();
    put_card();
    card(free_data());
    reader(card::ReaderCondition::no_card);
    EXPECT_EQ(last().state, State::waiting_method);
    EXPECT_EQ(last().hint, Reason::card_removed);
    EXPECT_EQ(last().methods, (std::vector<Method>{Method::visual_check}));
    provide(last().session, with_visual_check());
    EXPECT_EQ(reason(), Reason::staff_confirmed);
}

TEST_F(OtherMethods, ACardThatIsNoProofHasNoOtherWay) {
    for (const Reason why :
         {Reason::not_my_number_card, Reason::juki_card, Reason::phone_has_no_photo, Reason::card_expired}) {
        begin();
        put_card();
        card(CardFailed{{why, ""}});
        EXPECT_EQ(last().state, State::concluded);
        EXPECT_EQ(reason(), why);
    }
}

TEST_F(OtherMethods, StaffMayTakeTheCardOffTheReaderToLookAtIt) {
    const auto id = until_no_match();
    reader(card::ReaderCondition::no_card);
    EXPECT_EQ(last().state, State::waiting_method);
    provide(id, with_visual_check());
    EXPECT_EQ(reason(), Reason::staff_confirmed);
}

TEST_F(OtherMethods, APinMayComeInsteadOfTheFaceAndBeforeItsTime) {
    const auto id = begin(std::nullopt);
    provide(*id, with_pin()); // no card yet
    EXPECT_EQ(last().state, State::waiting_card);
    put_card();
    card(free_data());
    EXPECT_EQ(last().state, State::checking_pin);
    card(pin_taken());
    EXPECT_EQ(reason(), Reason::pin_accepted);
    EXPECT_TRUE(claims().earlier.empty());
}

TEST_F(OtherMethods, AVisualCheckWaitsUntilTheCardHasSpoken) {
    const auto id = begin();
    put_card();
    card(free_data());
    EXPECT_EQ(last().state, State::reading_photo);
    provide(*id, with_visual_check());
    EXPECT_EQ(last().state, State::reading_photo);
    card(RecordRead{SecretBytes{1},
                    {mynumber::Check::invalid, mynumber::Check::not_checked, mynumber::Hierarchy::simulated,
                     Reason::photo_signature_invalid}});
    EXPECT_EQ(reason(), Reason::photo_signature_invalid) << "the forgery was not overtaken";
}

TEST_F(OtherMethods, ARepeatedActIsDoneOnce) {
    const auto id = until_waiting();
    Provision first = with_pin("9999"), again = with_pin("9999"), other = with_pin("1111");
    again.idempotency_key = other.idempotency_key = first.idempotency_key;
    EXPECT_FALSE(provide(id, std::move(first)));
    EXPECT_TRUE(provide(id, std::move(again))) << "while it is being tried";
    card(PinRefused{{Reason::pin_wrong, ""}, 2});
    EXPECT_TRUE(provide(id, std::move(other))) << "and afterwards, whatever it holds";
    EXPECT_EQ(last().state, State::waiting_method);
    EXPECT_EQ(script_->idempotency_keys.size(), 1U);
}

TEST_F(OtherMethods, AnActIsTheSameInEverySession) {
    Provision first = with_pin(), again = with_pin();
    again.idempotency_key = first.idempotency_key;
    provide(until_waiting(), std::move(first));
    ASSERT_TRUE(desk_->cancel(last().session, 1000, Reason::caller_gone));
    provide(until_waiting(), std::move(again));
    ASSERT_EQ(script_->idempotency_keys.size(), 2U);
    EXPECT_EQ(script_->idempotency_keys[0], script_->idempotency_keys[1])
        << "so that the guard knows it again";
}

TEST_F(OtherMethods, ARequestsActIsItsNonceUnlessItNamesOne) {
    const auto key_of = [&](std::string idempotency_key) {
        Request request;
        request.nonce = "a-nonce-of-the-caller";
        request.access_number = number();
        request.idempotency_key = std::move(idempotency_key);
        request.caller = 1000;
        EXPECT_TRUE(
            desk_->begin(std::move(request), [this](const Update& update) { updates_.push_back(update); }));
        ++visit_;
        turn();
        put_card();
        card(free_data());
        EXPECT_TRUE(desk_->cancel(last().session, 1000, Reason::cancelled));
        return script_->idempotency_keys.back();
    };
    const auto by_nonce = key_of("");
    EXPECT_EQ(key_of(""), by_nonce);
    EXPECT_EQ(key_of("a-nonce-of-the-caller"), by_nonce);
    EXPECT_NE(key_of("another-act"), by_nonce);
}

TEST_F(OtherMethods, WhatIsNoProvisionIsRefused) {
    const auto id = until_waiting();
    EXPECT_EQ(refused(id, {"idempotency_key", {}, {}, {}}), Reason::parameter_invalid);
    EXPECT_EQ(refused(id, {"idempotency_key", number(), SecretText("1234"), {}}), Reason::parameter_invalid);
    EXPECT_EQ(refused(id, with_pin("12345")), Reason::pin_malformed);
    EXPECT_EQ(refused(id, with_pin("")), Reason::pin_missing);
    EXPECT_EQ(refused(id, with_number()), Reason::method_unavailable) << "the face was not asked for";
    Provision mended = with_pin();
    mended.idempotency_key = "idempotency_key";
    EXPECT_FALSE(provide(id, std::move(mended))) << "a refused message has spent nothing, not even its act";
}

TEST_F(OtherMethods, ACardWithoutPinIsToldSoBeforeAnythingIsTried) {
    methods_ = {Method::pin, Method::visual_check};
    const auto id = begin(std::nullopt);
    put_card();
    auto read = free_data();
    read.warnings = {{Reason::sign_in_certificate_missing, {}}};
    card(std::move(read));
    ASSERT_EQ(last().warnings.size(), 1U);
    EXPECT_EQ(refused(*id, with_pin()), Reason::sign_in_certificate_missing);
    provide(*id, with_visual_check());
    EXPECT_EQ(claims().warnings[0].reason, "sign_in_certificate_missing");
}

TEST_F(OtherMethods, WarningsStandInTheResultWithTheirDay) {
    begin();
    put_card();
    auto read = free_data();
    read.warnings = {{Reason::sign_in_certificate_ends_soon, 2027y / 1 / 5}};
    card(std::move(read));
    card(genuine());
    face(ReferenceReady{looking_at(0)});
    EXPECT_EQ(last().warnings[0].day, Date{2027y / 1 / 5});
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match);
    ASSERT_EQ(claims().warnings.size(), 1U);
    EXPECT_EQ(claims().warnings[0].reason, "sign_in_certificate_ends_soon");
    EXPECT_EQ(claims().warnings[0].day, "2027-01-05");
}

} // namespace
} // namespace kaomon::session
