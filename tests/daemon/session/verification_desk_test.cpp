// The desk with scripted sides: what it does with each event of card and face. Real sides: tests/component.
#include "daemon/audit/examination.hpp"
#include "daemon/session/verification.hpp"
#include "tests/daemon/session/scripted_sides.hpp"

namespace kaomon::session {
namespace {

TEST_F(VerificationDeskTest, VerifiesOnePatient) {
    until_looking();
    EXPECT_EQ(last().state, State::capturing_face);
    face(FaceReady{looking_at(0), live_feed()});

    ASSERT_EQ(last().state, State::concluded);
    EXPECT_EQ(last().verdict->decision, match::Decision::verified);
    EXPECT_EQ(reason(), Reason::match);
    EXPECT_EQ(states(), (std::vector{State::waiting_card, State::reading_card, State::reading_photo,
                                     State::preparing_reference, State::capturing_face, State::concluded}));
    const auto signed_claims = claims();
    EXPECT_EQ(signed_claims.decision, match::Decision::verified);
    EXPECT_EQ(signed_claims.signature, card::mynumber::Check::valid);
    EXPECT_EQ(signed_claims.chip, card::mynumber::Check::valid);
    EXPECT_EQ(signed_claims.simulated, std::vector<std::string>{"card"});
    const auto record = audit::examine(folder_ / "audit.jsonl", {});
    EXPECT_EQ(record->verifications, 1U);
    ASSERT_TRUE(signed_claims.audit);
    EXPECT_EQ(signed_claims.audit->sequence, 1);
    EXPECT_EQ(signed_claims.audit->previous, std::string(64, '0'));
}

TEST_F(VerificationDeskTest, WarmsTheCameraUpWhenTheCardIsSeen) {
    begin();
    EXPECT_EQ(calls_, (std::vector<std::string>{"card begin"}));
    put_card();
    EXPECT_EQ(calls_.back(), "face begin");
}

TEST_F(VerificationDeskTest, TakesAFaceThatWasReadyBeforeThePhotograph) {
    begin();
    put_card();
    card(FreeDataRead{10, mynumber::Hierarchy::simulated});
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_FALSE(last().verdict);
    card(genuine());
    face(ReferenceReady{looking_at(0)});
    EXPECT_EQ(reason(), Reason::match);
}

TEST_F(VerificationDeskTest, WhoCancelsFromWithinTheFirstReplyLeavesNoCardUnderWay) {
    heard_ = [this](const Update& update) {
        if (update.state == State::waiting_card) {
            EXPECT_TRUE(desk_->cancel(update.session, 1000, Reason::cancelled));
        }
    };
    begin();
    heard_ = {};
    EXPECT_EQ(reason(), Reason::cancelled);
    EXPECT_EQ(std::ranges::count(calls_, "card begin"), 0);
}

TEST_F(VerificationDeskTest, RefusesAnotherFace) {
    until_looking();
    face(FaceReady{looking_at(1), live_feed()});
    EXPECT_EQ(last().verdict->decision, match::Decision::not_verified);
    EXPECT_EQ(reason(), Reason::no_match);
}

TEST_F(VerificationDeskTest, RequiredLivenessThatWasNotAssessedIsNoPass) {
    until_looking();
    face(FaceReady{looking_at(0), liveness::all_kinds({})});
    EXPECT_EQ(last().verdict->decision, match::Decision::undecided);
    EXPECT_EQ(reason(), Reason::liveness_not_assessed);
}

TEST_F(VerificationDeskTest, RejectsAForgedRecordBeforeAnyFaceIsCompared) {
    begin();
    put_card();
    card(FreeDataRead{10, mynumber::Hierarchy::simulated});
    card(RecordRead{SecretBytes{1},
                    {mynumber::Check::invalid, mynumber::Check::not_checked, mynumber::Hierarchy::simulated,
                     Reason::photo_signature_invalid}});
    EXPECT_EQ(last().verdict->decision, match::Decision::not_verified);
    EXPECT_EQ(reason(), Reason::photo_signature_invalid);
    EXPECT_EQ(std::ranges::count(calls_, "face reference"), 0);
    EXPECT_EQ(claims().signature, card::mynumber::Check::invalid);
}

TEST_F(VerificationDeskTest, NotCheckedIsNotVerified) {
    begin();
    put_card();
    card(FreeDataRead{10, mynumber::Hierarchy::unknown});
    card(RecordRead{SecretBytes{1},
                    {mynumber::Check::not_checked, mynumber::Check::valid, mynumber::Hierarchy::unknown,
                     Reason::signer_unknown}});
    EXPECT_EQ(last().verdict->decision, match::Decision::undecided);
    EXPECT_EQ(reason(), Reason::signer_unknown);
    EXPECT_EQ(claims().signature, card::mynumber::Check::not_checked);
}

TEST_F(VerificationDeskTest, AWrongNumberGivenWithTheRequestEndsIt) {
    begin();
    put_card();
    card(FreeDataRead{10, mynumber::Hierarchy::simulated});
    card(AccessNumberRefused{{Reason::access_number_contradicts_card, ""}, 10});
    EXPECT_EQ(reason(), Reason::access_number_contradicts_card);
    EXPECT_EQ(last().tries_left, 10);
}

TEST_F(VerificationDeskTest, AWrongNumberProvidedMayBeMended) {
    const auto id = begin(std::nullopt);
    put_card();
    card(FreeDataRead{10, mynumber::Hierarchy::simulated});
    EXPECT_EQ(last().state, State::waiting_access_number);
    EXPECT_EQ(last().hint, Reason::access_number_missing);
    EXPECT_EQ(last().tries_left, 10);

    ASSERT_TRUE(desk_->provide(*id, 1000, with_number()));
    card(AccessNumberRefused{{Reason::access_number_wrong, ""}, 9});
    EXPECT_EQ(last().state, State::waiting_access_number);
    EXPECT_EQ(last().hint, Reason::access_number_wrong);
    EXPECT_EQ(last().tries_left, 9);

    ASSERT_TRUE(desk_->provide(*id, 1000, with_number()));
    card(CardBack{9}); // lifted and put down
    card(AccessNumberRefused{{Reason::idempotency_key_used, ""}, std::nullopt});
    EXPECT_EQ(last().hint, Reason::idempotency_key_used);
    EXPECT_EQ(last().tries_left, 9) << "the card was not asked: what it said last counts";

    ASSERT_TRUE(desk_->provide(*id, 1000, with_number()));
    EXPECT_EQ(last().state, State::reading_photo);
    ASSERT_EQ(script_->idempotency_keys.size(), 3U);
    EXPECT_NE(script_->idempotency_keys[0], script_->idempotency_keys[1])
        << "each provided number is an act of its own";
}

TEST_F(VerificationDeskTest, OneNumberIsUsedOnce) {
    begin();
    put_card();
    card(FreeDataRead{10, mynumber::Hierarchy::simulated});
    card(FreeDataRead{10, mynumber::Hierarchy::simulated});
    card(ReaderChanged{{card::ReaderCondition::card_present, "Test PCD 00 00", taps_}});
    EXPECT_EQ(std::ranges::count(calls_, "card access_number"), 1);
}

TEST_F(VerificationDeskTest, ASessionTakesSoManyInputsAndKeepsNoMore) {
    const auto id = begin(std::nullopt);
    for (std::size_t i = 0; i < most_inputs; ++i)
        ASSERT_TRUE(desk_->provide(*id, 1000, with_number()));
    const auto refused = desk_->provide(*id, 1000, with_number());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::too_many_inputs);
}

TEST_F(VerificationDeskTest, ProvideIsForTheSessionsOwnUser) {
    const auto id = begin(std::nullopt);
    EXPECT_EQ(desk_->provide(*id, 1001, with_number()).error().reason, Reason::session_unknown);
    EXPECT_EQ(desk_->provide("another", 1000, with_number()).error().reason, Reason::session_unknown);
    EXPECT_EQ(desk_->provide(*id, 1000, with_number({SecretText("123"), {}, {}})).error().reason,
              Reason::access_number_malformed);
    EXPECT_EQ(desk_->cancel(*id, 1001, Reason::cancelled).error().reason, Reason::session_unknown);
}

TEST_F(VerificationDeskTest, ARemovedCardEndsTheReadingButNotTheLooking) {
    begin();
    put_card();
    reader(card::ReaderCondition::no_card);
    EXPECT_EQ(reason(), Reason::card_removed);

    until_looking();
    reader(card::ReaderCondition::no_card);
    EXPECT_EQ(last().state, State::capturing_face);
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match);
}

TEST_F(VerificationDeskTest, EveryReaderFaultHasItsReason) {
    const std::pair<card::ReaderCondition, Reason> faults[]{
        {card::ReaderCondition::service_down, Reason::reader_service_down},
        {card::ReaderCondition::no_reader, Reason::no_reader}};
    for (const auto& [condition, expected] : faults) {
        begin();
        reader(condition);
        EXPECT_EQ(reason(), expected);
        EXPECT_EQ(desk_->status().reader_fault, expected);
    }
    begin();
    reader(card::ReaderCondition::mute_card);
    EXPECT_EQ(last().state, State::waiting_card);
    EXPECT_EQ(last().hint, Reason::card_mute);
}

TEST_F(VerificationDeskTest, ACameraFaultEndsTheSession) {
    until_looking();
    face(FaceFailed{{Reason::camera_lost, "unplugged"}, liveness::all_kinds({})});
    EXPECT_EQ(reason(), Reason::camera_lost);
    EXPECT_EQ(desk_->status().camera_fault, Reason::camera_lost);
}

TEST_F(VerificationDeskTest, TellsTheCamerasHintsWhileLooking) {
    begin();
    put_card();
    face(FaceHint{Reason::no_face});
    EXPECT_NE(last().hint, Reason::no_face) << "not before the card was read";
    card(FreeDataRead{10, mynumber::Hierarchy::simulated});
    card(genuine());
    face(ReferenceReady{looking_at(0)});
    EXPECT_EQ(last().hint, Reason::no_face);
    face(FaceHint{Reason::face_too_far});
    EXPECT_EQ(last().hint, Reason::face_too_far);
}

TEST_F(VerificationDeskTest, TheDeadlineNamesWhatWasMissing) {
    begin(number(), 500ms);
    loop_.restart();
    loop_.run_for(1s);
    EXPECT_EQ(reason(), Reason::no_card);
    EXPECT_EQ(last().verdict->decision, match::Decision::undecided);
}

TEST_F(VerificationDeskTest, OneSessionAtATime) {
    const auto id = begin();
    Request second;
    second.caller = 1000;
    const auto refused = desk_->begin(second, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::busy);
    EXPECT_EQ(refused.error().place, 1U);
    EXPECT_GT(refused.error().retry_after, 0ms);
    ASSERT_TRUE(desk_->cancel(*id, 1000, Reason::caller_gone));
    EXPECT_EQ(reason(), Reason::caller_gone);
    EXPECT_EQ(calls_.back(), "face end");
    EXPECT_TRUE(begin());
}

TEST_F(VerificationDeskTest, CancelWorksBeforeTheFirstTurn) {
    Request request;
    request.caller = 1000;
    request.nonce = "a-nonce-of-the-caller";
    const auto id =
        desk_->begin(std::move(request), [this](const Update& update) { updates_.push_back(update); });
    ASSERT_TRUE(desk_->cancel(*id, 1000, Reason::cancelled));
    EXPECT_EQ(reason(), Reason::cancelled);
    turn();
    EXPECT_EQ(updates_.size(), 1U);
}

TEST_F(VerificationDeskTest, ListenersMayCancelFromWithin) {
    Request request;
    request.caller = 1000;
    SessionId id;
    int heard = 0;
    id = *desk_->begin(std::move(request), [&](const Update& update) {
        ++heard;
        if (!update.verdict)
            std::ignore = desk_->cancel(id, 1000, Reason::cancelled);
    });
    turn();
    EXPECT_EQ(heard, 2);
}

TEST_F(VerificationDeskTest, EventsOfAnEarlierVisitAreNotHeard) {
    const auto id = begin();
    std::ignore = desk_->cancel(*id, 1000, Reason::cancelled);
    const auto before = visit_;
    begin();
    put_card();
    desk_->on_card(before, FreeDataRead{10, mynumber::Hierarchy::simulated});
    turn();
    EXPECT_EQ(last().state, State::reading_card);
}

TEST_F(VerificationDeskTest, RefusesWhatItCannotDo) {
    const auto refusal = [&](auto change) {
        Request request;
        change(request);
        const auto begun = desk_->begin(std::move(request), {});
        return begun ? Reason::match : begun.error().reason;
    };
    EXPECT_EQ(refusal([](Request& r) { r.deadline = 1ms; }), Reason::parameter_invalid);
    EXPECT_EQ(refusal([](Request& r) { r.deadline = 24h; }), Reason::parameter_invalid);
    EXPECT_EQ(refusal([](Request& r) { r.access_number = mynumber::AccessParts{SecretText("12"), {}, {}}; }),
              Reason::access_number_malformed);
    EXPECT_EQ(refusal([](Request& r) {
                  r.methods = {Method::pin};
                  r.access_number = number();
              }),
              Reason::method_unavailable);
    now_ = 0;
    EXPECT_EQ(refusal([](Request&) {}), Reason::clock_invalid);
}

TEST_F(VerificationDeskTest, RaisesTheAlarmForACardLeftBehind) {
    until_looking();
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_FALSE(desk_->status().alarm);
    loop_.restart();
    loop_.run_for(1s);
    EXPECT_EQ(desk_->status().alarm, Reason::card_left);
    reader(card::ReaderCondition::no_card);
    EXPECT_FALSE(desk_->status().alarm);
}

TEST_F(VerificationDeskTest, TellsWatchersOnChangeOnly) {
    std::vector<DeviceStatus> heard;
    const auto token = desk_->watch([&](const DeviceStatus& status) { heard.push_back(status); });
    put_card();
    card(ReaderChanged{{card::ReaderCondition::card_present, "Test PCD 00 00", taps_}});
    EXPECT_EQ(heard.size(), 1U);
    EXPECT_TRUE(heard.back().card_present);
    desk_->unwatch(token);
    reader(card::ReaderCondition::no_card);
    EXPECT_EQ(heard.size(), 1U);
}

TEST_F(VerificationDeskTest, StoppingEndsWhatRuns) {
    begin();
    desk_->stop();
    EXPECT_EQ(reason(), Reason::shutting_down);
    EXPECT_EQ(desk_->begin({}, {}).error().reason, Reason::shutting_down);
}

TEST_F(VerificationDeskTest, TheStatusTellsOfTheCamerasOriginBeforeTheFirstPatient) {
    camera::origin::Report report{.fault = Failure{Reason::camera_changed, "port 1-2, now 1-3"}};
    make_desk(Suspicions(600s),
              {.look = [&] { return report; },
               .accept = [&](std::string_view id) -> kaomon::Result<camera::origin::Identity> {
                   if (id != "shown")
                       return fail(Reason::camera_changed, "another");
                   report.fault.reset();
                   return camera::origin::Identity{};
               }});
    EXPECT_EQ(desk_->status().camera_fault, Reason::camera_changed);
    EXPECT_EQ(desk_->accept_camera(0, "other").error().reason, Reason::camera_changed);
    EXPECT_EQ(desk_->status().camera_fault, Reason::camera_changed);
    EXPECT_TRUE(desk_->accept_camera(0, "shown"));
    EXPECT_FALSE(desk_->status().camera_fault);
    report.fault = Failure{Reason::no_camera, ""};
    EXPECT_EQ(desk_->camera().fault->reason, Reason::no_camera);
    EXPECT_FALSE(desk_->status().camera_fault) << "whether it streams, only a session finds out";
}

TEST_F(VerificationDeskTest, ASimulatedCameraHasNoOrigin) {
    EXPECT_FALSE(desk_->camera().present);
    EXPECT_FALSE(desk_->accept_camera(0, "any"));
}

} // namespace
} // namespace kaomon::session
