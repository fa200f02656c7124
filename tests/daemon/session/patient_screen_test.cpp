// The patient's screen before a desk with scripted sides.
#include "tests/daemon/session/scripted_sides.hpp"

namespace kaomon::session {
namespace {

constexpr uid_t kiosk = 1001;

class PatientScreenTest : public VerificationDeskTest {
  protected:
    using VerificationDeskTest::VerificationDeskTest;
    ~PatientScreenTest() override { desk_.reset(); } // a session that it ends is told to the screen

    Result<AttachedScreen> attach(bool no_light = false, uid_t user = kiosk) {
        return desk_->attach_screen(user, no_light,
                                    [this](const ScreenView& view) { views_.push_back(view); });
    }
    void attached(bool no_light = false) {
        const auto done = attach(no_light);
        ASSERT_TRUE(done);
        id_ = done->id;
    }
    const ScreenView& shown() const { return views_.back(); }
    bool lit() const { return !views_.empty() && shown().light; }
    // Runs the loop until it holds, or for so long; the time that passed.
    template<class Holds>
    Milliseconds until(Holds holds, Milliseconds longest) {
        const auto begun = SteadyClock::now();
        loop_.restart();
        while (!holds() && SteadyClock::now() < begun + longest)
            loop_.run_one_for(5ms);
        return std::chrono::duration_cast<Milliseconds>(SteadyClock::now() - begun);
    }
    bool answer() { return desk_->screen_shown(id_, kiosk, shown().light->number).has_value(); }
    const capture::Light& told() const { return face_script_->lights.back(); }

    std::vector<ScreenView> views_;
    ScreenId id_;
};

TEST_F(PatientScreenTest, FollowsTheSessionAndHearsNothingThatIsForStaff) {
    const auto done = attach();
    ASSERT_TRUE(done);
    EXPECT_EQ(done->id.size(), 32U);
    EXPECT_EQ(done->view.state, State::idle);
    begin(std::nullopt);
    EXPECT_EQ(shown().state, State::waiting_card);
    EXPECT_EQ(shown().hint, Reason::no_card);
    put_card();
    card(free_data());
    EXPECT_EQ(shown().state, State::waiting_access_number);
    EXPECT_FALSE(shown().hint) << "access_number_missing is the staff's";
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_TRUE(desk_->cancel(last().session, 1000, Reason::cancelled));
    turn();
    EXPECT_EQ(shown().state, State::idle);
    EXPECT_EQ(views_[views_.size() - 2].state, State::concluded);
    EXPECT_FALSE(lit());
}

TEST_F(PatientScreenTest, NeverSaysToAPatientWhatIsHeldAgainstThem) {
    attached();
    until_looking();
    auto evidence = live_feed();
    face(FaceFailed{{Reason::flash_unanswered, {}}, evidence});
    EXPECT_EQ(reason(), Reason::flash_unanswered);
    for (const auto& view : views_)
        EXPECT_NE(view.hint, Reason::flash_unanswered);
}

TEST_F(PatientScreenTest, ThereIsOneAtATime) {
    attached();
    const auto second = attach();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().reason, Reason::screen_attached);
    desk_->detach_screen("another");
    EXPECT_FALSE(attach()) << "nobody detaches another's";
    desk_->detach_screen(id_);
    EXPECT_TRUE(attach());
}

TEST_F(PatientScreenTest, ShowsItsColoursAndTheFaceHearsWhen) {
    attached();
    until_looking();
    EXPECT_TRUE(told().available);
    face(FaceHint{Reason::hold_still});
    face(FaceWantsLight{});
    EXPECT_EQ(last().hint, Reason::screen_light) << "the caller is told too";
    const auto& light = screen::drawn_light(random_);
    std::vector<int> numbers;
    for (std::size_t step = 0; step < screen::light_steps; ++step) {
        ASSERT_TRUE(lit()) << step;
        EXPECT_EQ(shown().light->colour, light[step]);
        EXPECT_EQ(shown().hint, Reason::screen_light);
        const int number = shown().light->number;
        const auto before = SteadyClock::now();
        ASSERT_TRUE(answer());
        EXPECT_FALSE(answer()) << "once";
        const auto after = SteadyClock::now();
        ASSERT_EQ(told().shown.size(), step + 1);
        EXPECT_GE(told().shown[step].shown, before);
        EXPECT_LE(told().shown[step].shown, after);
        EXPECT_EQ(told().shown[step].colour,
                  (std::array{light[step].red, light[step].green, light[step].blue}));
        const auto stood = until([&] { return !lit() || shown().light->number != number; }, 2000ms);
        EXPECT_GE(stood, 499ms);
    }
    EXPECT_FALSE(lit()) << "the view again";
    EXPECT_EQ(told().shown.size(), screen::light_steps) << "its last frames are still to be judged";
    EXPECT_EQ(last().hint, Reason::hold_still);
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match);
}

TEST_F(PatientScreenTest, NoColourCoversTheScreenWhileDigitsAreKeyedIn) {
    attached();
    begin(std::nullopt);
    put_card();
    card(free_data());
    EXPECT_EQ(shown().state, State::waiting_access_number);
    face(FaceWantsLight{});
    EXPECT_FALSE(lit());
    EXPECT_TRUE(std::ranges::none_of(face_script_->lights, &capture::Light::available));
    ASSERT_TRUE(desk_->provide(last().session, 1000, with_number()));
    turn();
    card(genuine());
    face(ReferenceReady{looking_at(0)});
    EXPECT_TRUE(told().available);
    face(FaceWantsLight{});
    EXPECT_TRUE(lit());
}

TEST_F(PatientScreenTest, WhoDoesNotAnswerHasNoLightInThisVisitAndGivesWay) {
    attached();
    until_looking();
    face(FaceWantsLight{});
    ASSERT_TRUE(answer());
    const int first = shown().light->number;
    until([&] { return shown().light->number != first; }, 2000ms);
    const int second = shown().light->number;
    const auto waited = until([&] { return !lit(); }, 2000ms);
    EXPECT_GE(waited, 350ms);
    EXPECT_LT(waited, 1500ms);
    EXPECT_TRUE(told().shown.empty());
    EXPECT_FALSE(told().available);
    EXPECT_FALSE(desk_->screen_shown("another", kiosk, second));
    face(FaceWantsLight{});
    EXPECT_FALSE(lit());

    const auto another = attach();
    ASSERT_TRUE(another) << "a screen that hangs does not keep its place";
    EXPECT_TRUE(std::ranges::any_of(views_, &ScreenView::replaced));
    id_ = another->id;
    face(FaceReady{looking_at(0), live_feed()});
    until_looking();
    EXPECT_TRUE(told().available);
    std::this_thread::sleep_for(500ms);
    face(FaceWantsLight{});
    EXPECT_TRUE(lit());
    EXPECT_GT(shown().light->number, second) << "no number comes twice";
}

TEST_F(PatientScreenTest, AScreenThatIsLostBreaksItOff) {
    attached();
    until_looking();
    face(FaceWantsLight{});
    ASSERT_TRUE(answer());
    EXPECT_EQ(told().shown.size(), 1U);
    desk_->detach_screen(id_);
    EXPECT_TRUE(told().shown.empty());
    EXPECT_FALSE(told().available);
    until([] { return false; }, 700ms);
    EXPECT_EQ(desk_->screen_shown(id_, kiosk, 1).error().reason, Reason::screen_unknown);
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match) << "and takes nothing from the visit";
}

TEST_F(PatientScreenTest, AVerdictLetsTheColourStandItsTime) {
    attached();
    until_looking();
    face(FaceWantsLight{});
    ASSERT_TRUE(answer());
    const auto colour = shown().light->colour;
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match);
    ASSERT_TRUE(lit());
    EXPECT_EQ(shown().light->colour, colour);
    EXPECT_GE(until([&] { return !lit(); }, 2000ms), 450ms) << "no change of colour sooner than that";
    EXPECT_EQ(shown().state, State::idle);
    until_looking();
    face(FaceWantsLight{});
    EXPECT_FALSE(lit()) << "nor the next light";
}

TEST_F(PatientScreenTest, AnswersAreTheScreensOwn) {
    attached();
    until_looking();
    face(FaceWantsLight{});
    const int step = shown().light->number;
    EXPECT_EQ(desk_->screen_shown(id_, kiosk + 1, step).error().reason, Reason::screen_unknown);
    EXPECT_EQ(desk_->screen_shown("guess", kiosk, step).error().reason, Reason::screen_unknown);
    EXPECT_EQ(desk_->screen_shown(id_, kiosk, step + 1).error().reason, Reason::parameter_invalid);
    EXPECT_TRUE(desk_->screen_shown(id_, 0, step)) << "root could be anyone";
}

TEST_F(PatientScreenTest, WhoWantsNoLightSeesNone) {
    attached(true);
    until_looking();
    EXPECT_FALSE(told().available);
    face(FaceWantsLight{});
    EXPECT_FALSE(lit());
    EXPECT_NE(last().hint, Reason::screen_light);
}

TEST_F(PatientScreenTest, ShowsWhatAPatientNeedsToKnowAndWhatToTake) {
    const auto done = attach();
    EXPECT_EQ(done->view.clinic, "ひまわり医院");
    begin(std::nullopt);
    put_card();
    EXPECT_TRUE(shown().card_present);
    card(free_data());
    EXPECT_EQ(shown().tries_left, 10) << "before the first digit";
    ASSERT_TRUE(desk_->provide_at_desk(Caller(kiosk), with_number()));
    EXPECT_EQ(shown().state, State::reading_photo);
    card(genuine());
    face(ReferenceReady{looking_at(0)});
    face(FaceReady{looking_at(0), live_feed()});
    ASSERT_TRUE(last().verdict);
    const auto concluded = std::ranges::find(views_, State::concluded, &ScreenView::state);
    ASSERT_NE(concluded, views_.end());
    EXPECT_EQ(concluded->decision, last().verdict->decision);
    EXPECT_EQ(shown().state, State::idle);
    EXPECT_FALSE(shown().decision);
    EXPECT_FALSE(shown().tries_left);
    EXPECT_TRUE(shown().card_present) << "it is to be taken";
    until([&] { return shown().alarm.has_value(); }, 2s);
    EXPECT_EQ(shown().alarm, Reason::card_left);
    reader(card::ReaderCondition::no_card);
    EXPECT_FALSE(shown().card_present);
    EXPECT_FALSE(shown().alarm);
}

TEST_F(PatientScreenTest, ThePinsTriesAreToldBeforeTheFirstDigit) {
    attached();
    methods_ = {Method::face, Method::pin};
    begin(std::nullopt);
    EXPECT_TRUE(script_->pin_may_come);
    put_card();
    auto read = free_data();
    read.pin_tries_left = 3;
    card(std::move(read));
    EXPECT_EQ(shown().pin_tries_left, 3);
    EXPECT_TRUE(desk_->cancel(last().session, 1000, Reason::cancelled));
    methods_ = {Method::face};
    begin(std::nullopt);
    EXPECT_FALSE(script_->pin_may_come) << "two commands that nobody needs";
}

TEST_F(PatientScreenTest, NobodyIsThereToTakeWhatIsKeyedInBeforeAVisit) {
    EXPECT_EQ(desk_->provide_at_desk(Caller(kiosk), with_number()).error().reason, Reason::session_unknown);
}

TEST_F(PatientScreenTest, ACallForStaffStandsUntilSomebodyHasComeOrTheVisitIsOver) {
    attached();
    desk_->call_staff(true);
    EXPECT_TRUE(shown().help);
    EXPECT_TRUE(desk_->staff_view().help);
    desk_->call_staff(false);
    EXPECT_FALSE(shown().help);
    begin();
    desk_->call_staff(true);
    ASSERT_TRUE(desk_->cancel(last().session, 1000, Reason::cancelled));
    EXPECT_FALSE(shown().help);
    EXPECT_FALSE(desk_->staff_view().help);
}

TEST_F(PatientScreenTest, ThePictureIsTheAttachedScreensAndEndsWithIt) {
    attached();
    EXPECT_TRUE(desk_->owns_screen(id_, kiosk));
    EXPECT_TRUE(desk_->owns_screen(id_, 0)) << "root";
    EXPECT_EQ(desk_->owns_screen(id_, 1002).error().reason, Reason::screen_unknown);
    EXPECT_EQ(desk_->owns_screen(id_, Caller(kiosk, "patient")).error().reason, Reason::screen_unknown);
    std::vector<std::size_t> pictures;
    const auto before = desk_->preview([](const PreviewFrame&) { FAIL() << "a page that was loaded again"; });
    desk_->preview([&](const PreviewFrame& frame) { pictures.push_back(frame.jpeg.size()); });
    desk_->end_preview(before);
    ASSERT_TRUE(face_script_->preview_to);
    face_script_->preview_to({.jpeg = {1, 2, 3}, .face = {}});
    turn();
    EXPECT_EQ(pictures, std::vector<std::size_t>{3});
    face_script_->preview_to({.jpeg = {1, 2, 3}, .face = {}});
    desk_->detach_screen(id_);
    EXPECT_FALSE(face_script_->preview_to) << "nothing is made while nobody looks";
    turn();
    EXPECT_EQ(pictures.size(), 1U) << "one that was under way";
}

class PatientScreenWithoutLight : public PatientScreenTest {
  protected:
    PatientScreenWithoutLight() : PatientScreenTest(0ms, false) {}
};

TEST_F(PatientScreenWithoutLight, TheOperatorTurnsItOff) {
    attached();
    until_looking();
    EXPECT_FALSE(told().available);
    face(FaceWantsLight{});
    EXPECT_FALSE(lit());
}

TEST_F(VerificationDeskTest, WithoutAScreenThereIsNoLight) {
    until_looking();
    EXPECT_FALSE(face_script_->lights.back().available);
    face(FaceWantsLight{});
    EXPECT_NE(last().hint, Reason::screen_light);
}

} // namespace
} // namespace kaomon::session
