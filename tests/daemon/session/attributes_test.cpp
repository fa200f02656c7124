// What of the holder a caller gets to know, and when: the operator, the caller and the patient must agree.
#include "tests/daemon/session/other_methods.hpp"

namespace kaomon::session {
namespace {

constexpr const char* name_of_holder = "見本\u3000●子";

class AttributesTest : public OtherMethods {
  protected:
    Request wanting(std::vector<Attribute> attributes) {
        Request request;
        request.nonce = "a-nonce-of-the-caller";
        request.methods = methods_;
        request.attributes = std::move(attributes);
        request.purpose = Purpose{"check-in", "受付のために使います。"};
        request.audience = "orca";
        request.deadline = 10s;
        request.caller = 1000;
        return request;
    }
    std::string until_number(std::vector<Attribute> attributes = {Attribute::name}) {
        const auto id = desk_->begin(wanting(std::move(attributes)),
                                     [this](const Update& update) { updates_.push_back(update); });
        ++visit_;
        turn();
        put_card();
        card(free_data());
        return id.value_or("");
    }
    Provision answer(bool given, std::string staff = {}) {
        Provision provision{"act-" + std::to_string(++handed_in_), {}, {}, {}};
        provision.consent = Consent{given, std::move(staff)};
        return provision;
    }
    static RecordRead with(kaomon::Result<mynumber::Attributes> attributes) {
        auto read = genuine();
        read.attributes = std::move(attributes);
        return read;
    }
    static mynumber::Attributes of_holder() {
        mynumber::Attributes attributes;
        attributes[Attribute::name] = SecretText(name_of_holder);
        return attributes;
    }
    void face_matches() {
        face(ReferenceReady{looking_at(0)});
        face(FaceReady{looking_at(0), live_feed()});
    }
    std::ptrdiff_t numbers_sent() const { return std::ranges::count(calls_, "card access_number"); }
    std::string withheld() const {
        return claims_().attributes ? claims_().attributes->withheld : "no claim";
    }
    result::Claims claims_() const {
        return *result::check(last().result.value_or(""), desk_->info().jwk_set,
                              {"a-nonce-of-the-caller", now_, "orca"});
    }
};

TEST_F(AttributesTest, StandInTheResultWhereEverybodyAgrees) {
    methods_ = {Method::face};
    const auto id = until_number();
    provide(id, answer(true));
    provide(id, with_number());
    EXPECT_EQ(script_->wanted, std::vector{Attribute::name});
    card(with(of_holder()));
    face_matches();
    ASSERT_EQ(reason(), Reason::match);
    const auto said = claims_();
    ASSERT_TRUE(said.attributes);
    ASSERT_EQ(said.attributes->values.size(), 1U);
    EXPECT_EQ(said.attributes->values[0], std::pair(Attribute::name, std::string(name_of_holder)));
    EXPECT_EQ(said.attributes->consent, ConsentBy::patient);
    EXPECT_EQ(said.purpose.word, "check-in");
    EXPECT_EQ(said.purpose.sentence, "受付のために使います。");
    EXPECT_EQ(said.aud, "orca");
    const auto record = audit_text();
    for (const char* part :
         {R"("audience":"orca","purpose":"check-in","attributes":"name","consent":"patient")"})
        EXPECT_NE(record.find(part), std::string::npos) << record;
    EXPECT_EQ(record.find(R"(\u)"), std::string::npos) << "names of attributes alone";
}

TEST_F(AttributesTest, TheNumberWaitsForTheAnswer) {
    methods_ = {Method::face};
    const auto id = until_number();
    provide(id, with_number());
    EXPECT_EQ(numbers_sent(), 0);
    EXPECT_EQ(last().state, State::waiting_access_number);
    EXPECT_EQ(last().hint, Reason::consent_missing);
    provide(id, answer(true));
    EXPECT_EQ(numbers_sent(), 1);
    EXPECT_EQ(script_->wanted, std::vector{Attribute::name});
}

TEST_F(AttributesTest, ANoReadsNothingAndTheVisitGoesOn) {
    methods_ = {Method::face};
    const auto id = until_number();
    provide(id, with_number());
    provide(id, answer(false));
    EXPECT_EQ(numbers_sent(), 1);
    EXPECT_TRUE(script_->wanted.empty());
    card(genuine());
    face_matches();
    EXPECT_EQ(reason(), Reason::match);
    EXPECT_EQ(withheld(), "consent_refused");
    EXPECT_TRUE(claims_().attributes->values.empty());
}

TEST_F(AttributesTest, AYesCanBeTakenBackUntilTheVerdict) {
    methods_ = {Method::face};
    const auto id = until_number();
    provide(id, answer(true));
    provide(id, with_number());
    card(with(of_holder()));
    provide(id, answer(false));
    face_matches();
    EXPECT_EQ(reason(), Reason::match);
    EXPECT_EQ(withheld(), "consent_refused");
    EXPECT_TRUE(claims_().attributes->values.empty());
}

TEST_F(AttributesTest, AYesThatComesTooLateFindsNothingRead) {
    methods_ = {Method::face};
    const auto id = until_number();
    provide(id, answer(false));
    provide(id, with_number());
    card(genuine());
    provide(id, answer(true));
    face_matches();
    EXPECT_EQ(withheld(), "consent_missing");
}

TEST_F(AttributesTest, StaffMayAnswerAndIsNamed) {
    methods_ = {Method::face};
    const auto id = until_number();
    provide(id, answer(true, "hanako.s"));
    provide(id, with_number());
    card(with(of_holder()));
    face_matches();
    EXPECT_EQ(claims_().attributes->consent, ConsentBy::staff);
    EXPECT_EQ(claims_().attributes->staff, "hanako.s");
    EXPECT_NE(audit_text().find(R"("consent":"staff:hanako.s")"), std::string::npos);
}

TEST_F(AttributesTest, WhyTheyCouldNotBeReadStandsInTheResult) {
    methods_ = {Method::face};
    const auto id = until_number();
    provide(id, answer(true));
    provide(id, with_number());
    card(with(fail(Reason::attributes_signature_invalid)));
    face_matches();
    EXPECT_EQ(reason(), Reason::match) << "record and chip are genuine";
    EXPECT_EQ(withheld(), "attributes_signature_invalid");
}

TEST_F(AttributesTest, AFaceThatDoesNotMatchGetsNothing) {
    methods_ = {Method::face};
    const auto id = until_number();
    provide(id, answer(true));
    provide(id, with_number());
    card(with(of_holder()));
    face(ReferenceReady{looking_at(0)});
    face(FaceReady{looking_at(1), live_feed()});
    EXPECT_EQ(reason(), Reason::no_match);
    EXPECT_EQ(withheld(), "attributes_need_face");
    EXPECT_TRUE(claims_().attributes->values.empty());
}

TEST_F(AttributesTest, NorDoesAnotherMethod) {
    const auto id = until_number();
    provide(id, answer(true));
    provide(id, with_number());
    card(with(of_holder()));
    provide(id, with_visual_check());
    EXPECT_EQ(reason(), Reason::staff_confirmed);
    EXPECT_EQ(withheld(), "attributes_need_face");
}

TEST_F(AttributesTest, WhatTheOperatorDoesNotAllowIsRefusedAtOnce) {
    methods_ = {Method::face};
    const auto begun = desk_->begin(wanting({Attribute::name, Attribute::birth_date}), {});
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().reason, Reason::attributes_not_allowed);
    methods_ = {Method::pin};
    EXPECT_EQ(desk_->begin(wanting({Attribute::name}), {}).error().reason, Reason::method_unavailable);
}

TEST_F(AttributesTest, AConsentToNothingIsRefused) {
    methods_ = {Method::face};
    const auto id = until_number({});
    EXPECT_EQ(refused(id, answer(true)), Reason::parameter_invalid);
    provide(id, with_number());
    card(genuine());
    face_matches();
    EXPECT_FALSE(claims_().attributes);
    EXPECT_EQ(claims_().purpose.word, "check-in") << "a purpose stands alone, too";
}

TEST_F(AttributesTest, TheScreenShowsWhatIsWantedAndWhatForUntilTheVisitIsOver) {
    std::vector<ScreenView> views;
    ASSERT_TRUE(desk_->attach_screen(1000, false, [&](const ScreenView& view) { views.push_back(view); }));
    methods_ = {Method::face};
    const auto id = until_number();
    ASSERT_FALSE(views.empty());
    EXPECT_EQ(views.front().attributes, std::vector{Attribute::name});
    ASSERT_TRUE(views.front().purpose);
    EXPECT_EQ(views.front().purpose->sentence, "受付のために使います。");
    provide(id, with_number());
    EXPECT_EQ(views.back().hint, Reason::consent_missing) << "it is the patient who can answer";
    ASSERT_TRUE(desk_->cancel(id, 1000, Reason::cancelled));
    EXPECT_EQ(views.back().state, State::idle);
    EXPECT_TRUE(views.back().attributes.empty());
    EXPECT_FALSE(views.back().purpose);
}

} // namespace
} // namespace kaomon::session
