// Whom a result names, by each method, and what becomes of an expectation.
#include "daemon/result/base64url.hpp"
#include "tests/daemon/session/other_methods.hpp"

namespace kaomon::session {
namespace {

using card::mynumber::SubjectReference;

const SubjectReference by_chip{SubjectKind::chip_key, {1, 2, 3}, card::mynumber::ReferenceValue{9}},
    by_certificate{SubjectKind::sign_in_key, {4, 5, 6}, {}};

struct SubjectTest : OtherMethods {
    std::optional<Expectation> expect;

    std::string begin_expecting() {
        Request request;
        request.nonce = "a-nonce-of-the-caller";
        request.methods = methods_;
        request.access_number = std::nullopt;
        request.expect = expect;
        request.deadline = 10s;
        request.caller = 1000;
        const auto id =
            desk_->begin(std::move(request), [this](const Update& update) { updates_.push_back(update); });
        ++visit_;
        turn();
        put_card();
        auto free = free_data();
        free.subject = by_certificate;
        card(std::move(free));
        return id.value_or("");
    }
    void record(const std::string& id, bool birth_as_expected = false) {
        ASSERT_TRUE(desk_->provide(id, 1000, with_number()));
        auto read = genuine();
        read.subject = by_chip;
        read.birth_as_expected = birth_as_expected;
        card(std::move(read));
    }
    void face_matches() {
        face(ReferenceReady{looking_at(0)});
        face(FaceReady{looking_at(0), live_feed()});
    }
    static std::string text(const card::mynumber::ReferenceValue& value) {
        return result::to_base64url(value);
    }
};

TEST_F(SubjectTest, AFaceNamesTheCardByItsChip) {
    methods_ = {Method::face};
    record(begin_expecting());
    face_matches();
    const auto said = claims();
    ASSERT_TRUE(said.subject);
    EXPECT_EQ(said.subject->kind, SubjectKind::chip_key);
    EXPECT_EQ(said.subject->reference, text(by_chip.value));
    EXPECT_EQ(said.subject->reference.size(), 22U);
    EXPECT_EQ(said.subject->previous, text(*by_chip.previous));
    EXPECT_FALSE(said.expected) << "nothing was asked";
}

TEST_F(SubjectTest, APinNamesItByItsCertificate) {
    methods_ = {Method::pin};
    const auto id = begin_expecting();
    provide(id, with_pin());
    card(pin_taken());
    ASSERT_EQ(reason(), Reason::pin_accepted);
    const auto said = claims();
    ASSERT_TRUE(said.subject);
    EXPECT_EQ(said.subject->kind, SubjectKind::sign_in_key);
    EXPECT_EQ(said.subject->reference, text(by_certificate.value));
}

TEST_F(SubjectTest, AVisualCheckNamesTheCardAsFarAsItIsKnown) {
    methods_ = {Method::visual_check};
    const auto id = begin_expecting();
    provide(id, with_visual_check());
    ASSERT_EQ(reason(), Reason::staff_confirmed);
    EXPECT_EQ(claims().subject->kind, SubjectKind::sign_in_key);
}

// The number was never taken: who lies there is not proven.
TEST_F(SubjectTest, WithoutARecordAFaceNamesNobody) {
    methods_ = {Method::face};
    const auto id = begin_expecting();
    ASSERT_TRUE(desk_->cancel(id, 1000, Reason::cancelled));
    turn();
    EXPECT_FALSE(claims().subject);
}

TEST_F(SubjectTest, WhoIsExpectedMatches) {
    methods_ = {Method::face};
    expect = Expectation{Date{std::chrono::year{1980}, std::chrono::February, std::chrono::day{17}},
                         text(by_chip.value), SubjectKind::chip_key};
    record(begin_expecting(), true);
    EXPECT_EQ(script_->expected, expect->birth_date);
    face_matches();
    EXPECT_EQ(reason(), Reason::match);
    ASSERT_TRUE(claims().expected);
    EXPECT_EQ(claims().expected->birth_date, Expected::match);
    EXPECT_EQ(claims().expected->reference, Expected::match);
}

TEST_F(SubjectTest, AReferenceFromBeforeARotationMatches) {
    methods_ = {Method::face};
    expect = Expectation{{}, text(*by_chip.previous), SubjectKind::chip_key};
    record(begin_expecting());
    face_matches();
    EXPECT_EQ(reason(), Reason::match);
    EXPECT_EQ(claims().expected->reference, Expected::match);
    EXPECT_FALSE(claims().expected->birth_date) << "not asked";
}

TEST_F(SubjectTest, AnotherCardEndsBeforeAnyFaceIsComparedWhateverIsOpen) {
    methods_ = {Method::face, Method::pin, Method::visual_check};
    expect = Expectation{{}, text({7}), SubjectKind::chip_key};
    record(begin_expecting());
    EXPECT_EQ(last().verdict->decision, match::Decision::not_verified);
    EXPECT_EQ(reason(), Reason::other_person_expected);
    EXPECT_EQ(std::ranges::count(calls_, "face reference"), 0);
    EXPECT_EQ(claims().expected->reference, Expected::mismatch);
    EXPECT_EQ(claims().subject->reference, text(by_chip.value)) << "whose card it is, the clinic may know";
}

TEST_F(SubjectTest, AnotherCertificateEndsBeforeAnyTry) {
    methods_ = {Method::pin};
    expect = Expectation{{}, text({7}), SubjectKind::sign_in_key};
    begin_expecting();
    EXPECT_EQ(reason(), Reason::other_person_expected);
    EXPECT_EQ(std::ranges::count_if(calls_, [](const auto& call) { return call.starts_with("card pin"); }),
              0);
}

TEST_F(SubjectTest, AnotherBirthDateEndsTheSession) {
    methods_ = {Method::face, Method::visual_check};
    expect = Expectation{Date{std::chrono::year{1980}, std::chrono::February, std::chrono::day{17}}, {}, {}};
    const auto id = begin_expecting();
    ASSERT_TRUE(desk_->provide(id, 1000, with_number()));
    card(CardFailed{{Reason::other_person_expected, ""}});
    EXPECT_EQ(last().verdict->decision, match::Decision::not_verified);
    EXPECT_EQ(reason(), Reason::other_person_expected);
    EXPECT_EQ(claims().expected->birth_date, Expected::mismatch);
}

TEST_F(SubjectTest, AReferenceOfAnotherKindIsNotChecked) {
    methods_ = {Method::pin};
    expect = Expectation{{}, text(by_chip.value), SubjectKind::chip_key};
    const auto id = begin_expecting();
    provide(id, with_pin());
    card(pin_taken());
    EXPECT_EQ(reason(), Reason::pin_accepted);
    EXPECT_EQ(claims().expected->reference, Expected::not_checked);
}

// A mismatch is no mark against the card: the next session verifies.
TEST_F(SubjectTest, TheNextSessionIsNotUnderSuspicion) {
    methods_ = {Method::face};
    expect = Expectation{{}, text({7}), SubjectKind::chip_key};
    record(begin_expecting());
    ASSERT_EQ(reason(), Reason::other_person_expected);
    expect.reset();
    record(begin_expecting());
    face_matches();
    EXPECT_EQ(reason(), Reason::match);
}

} // namespace
} // namespace kaomon::session
