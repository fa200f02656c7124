#include "tests/daemon/session/scripted_sides.hpp"

namespace kaomon::session {
namespace {

class StaffViewTest : public VerificationDeskTest {
  protected:
    StaffViewTest() {
        methods_ = {Method::face, Method::pin, Method::visual_check};
        desk_->follow([this](const StaffView& view) { views_.push_back(view); });
    }
    ~StaffViewTest() override { desk_.reset(); }
    const StaffView& shown() const { return views_.back(); }

    std::vector<StaffView> views_;
};

TEST_F(StaffViewTest, SaysWhatTheVisitNeedsAndWhatWasTriedBefore) {
    begin(std::nullopt);
    put_card();
    auto read = free_data();
    read.card_expiry = Date{2035y / 2 / 17};
    card(std::move(read));
    EXPECT_EQ(shown().card_expiry, (Date{2035y / 2 / 17}));
    EXPECT_EQ(shown().state, State::waiting_access_number);
    EXPECT_EQ(shown().hint, Reason::access_number_missing);
    EXPECT_EQ(shown().tries_left, 10) << "before one is spent";
    EXPECT_EQ(shown().methods, methods_);
    ASSERT_TRUE(desk_->provide_at_desk(Caller(2000, "staff"), with_number()));
    card(genuine());
    face(ReferenceReady{looking_at(0)});
    face(FaceReady{looking_at(1), live_feed()});
    EXPECT_EQ(shown().state, State::waiting_method);
    EXPECT_EQ(shown().earlier, (std::vector<Attempt>{{Method::face, Reason::no_match}}));
    EXPECT_EQ(shown().methods, (std::vector{Method::pin, Method::visual_check}));
    ASSERT_TRUE(desk_->provide_at_desk(Caller(2000, "staff"), with_visual_check()));
    EXPECT_EQ(reason(), Reason::staff_confirmed);
    EXPECT_EQ(shown().state, State::idle);
    EXPECT_TRUE(shown().earlier.empty());
    EXPECT_EQ(shown().last,
              (LastVerdict{match::Decision::verified, Method::visual_check, Reason::staff_confirmed}));
    begin();
    EXPECT_FALSE(shown().last) << "until the next visit";
}

TEST_F(StaffViewTest, TwoWhoHandInTheSameKeyAreTwo) {
    begin(std::nullopt);
    auto first = with_number(), second = with_number();
    second.idempotency_key = first.idempotency_key;
    auto again = first.idempotency_key;
    EXPECT_FALSE(*desk_->provide_at_desk(Caller(2000, "staff"), std::move(first)));
    EXPECT_FALSE(*desk_->provide_at_desk(Caller(2000, "patient"), std::move(second)));
    auto third = with_number();
    third.idempotency_key = again;
    EXPECT_TRUE(*desk_->provide_at_desk(Caller(2000, "staff"), std::move(third))) << "said once, done once";
}

TEST_F(StaffViewTest, TellsThatConsentWasGiven) {
    Request request;
    request.nonce = "a-nonce-of-the-caller";
    request.attributes = {Attribute::name};
    request.purpose = Purpose{"check-in", ""};
    request.caller = 1000;
    ASSERT_TRUE(desk_->begin(std::move(request), [](const Update&) {}));
    turn();
    EXPECT_EQ(shown().attributes, std::vector{Attribute::name});
    EXPECT_EQ(shown().purpose, "check-in");
    EXPECT_FALSE(shown().consent);
    Provision answer;
    answer.idempotency_key = "press-0001";
    answer.consent = Consent{.given = true, .staff = "s-07"};
    ASSERT_TRUE(desk_->provide_at_desk(Caller(2000, "staff"), std::move(answer)));
    EXPECT_EQ(shown().consent, true);
}

} // namespace
} // namespace kaomon::session
