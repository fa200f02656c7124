// Wrong numbers and PINs: one a tap, and from the second one on a wait that outlives session and daemon.
#include "tests/daemon/session/other_methods.hpp"

namespace kaomon::session {
namespace {

struct WrongEntry : OtherMethods {
    WrongEntry() : OtherMethods(Milliseconds{10'000}) {}
    std::ptrdiff_t sent(std::string_view what) const {
        return std::ranges::count_if(calls_, [&](const std::string& call) { return call.starts_with(what); });
    }
    std::string until_number() {
        methods_ = {Method::face};
        const auto id = begin(std::nullopt);
        put_card();
        card(free_data());
        return *id;
    }
    void wrong_number(const std::string& id) {
        ASSERT_TRUE(desk_->provide(id, 1000, with_number()));
        card(AccessNumberRefused{{Reason::access_number_wrong, ""}, 9});
    }
    void lift_and_put() {
        reader(card::ReaderCondition::no_card);
        put_card();
        card(CardBack{9});
    }
};

TEST_F(WrongEntry, ANumberAfterAWrongOneWaitsForTheCardToBeLifted) {
    const auto id = until_number();
    wrong_number(id);
    EXPECT_EQ(last().hint, Reason::access_number_wrong);
    ASSERT_TRUE(desk_->provide(id, 1000, with_number()));
    EXPECT_EQ(last().hint, Reason::card_lift_first);
    EXPECT_EQ(sent("card access_number"), 1);
    lift_and_put();
    EXPECT_EQ(sent("card access_number"), 2) << "and is sent without being keyed in again";
    card(genuine());
    EXPECT_EQ(last().state, State::preparing_reference);
}

TEST_F(WrongEntry, SoDoesAPin) {
    const auto id = until_waiting();
    provide(id, with_pin("9999"));
    card(PinRefused{{Reason::pin_wrong, ""}, 2});
    provide(id, with_pin());
    EXPECT_EQ(last().hint, Reason::card_lift_first);
    EXPECT_EQ(sent("card pin"), 1);
    reader(card::ReaderCondition::no_card);
    EXPECT_EQ(last().state, State::waiting_method);
    put_card();
    EXPECT_EQ(sent("card pin"), 1) << "it may be another card";
    card(CardBack{10});
    EXPECT_EQ(sent("card pin"), 2);
    card(pin_taken());
    EXPECT_EQ(reason(), Reason::pin_accepted);
}

TEST_F(WrongEntry, ATapThatHadOneBeforeTheSessionWaitsFromTheStart) {
    for (const bool with_the_request : {true, false}) {
        methods_ = {Method::face};
        calls_.clear();
        const auto id = with_the_request ? begin() : begin(std::nullopt);
        put_card();
        FreeDataRead met = free_data();
        met.lift_first = true;
        card(std::move(met));
        if (!with_the_request) {
            ASSERT_TRUE(desk_->provide(*id, 1000, with_number()));
        }
        EXPECT_EQ(last().hint, Reason::card_lift_first);
        EXPECT_EQ(sent("card access_number"), 0);
        lift_and_put();
        EXPECT_EQ(sent("card access_number"), 1);
        ASSERT_TRUE(desk_->cancel(*id, 1000, Reason::cancelled));
    }
}

TEST_F(WrongEntry, TheThirdWaitsHalfAMinuteInThisSessionAndInTheNextOne) {
    auto id = until_number();
    wrong_number(id);
    ASSERT_TRUE(desk_->provide(id, 1000, with_number())) << "a slip of the hand";
    lift_and_put();
    card(AccessNumberRefused{{Reason::access_number_wrong, ""}, 8});
    const auto refused = desk_->provide(id, 1000, with_number());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, Reason::entry_delayed);
    EXPECT_EQ(refused.error().detail, "again in 30 s");
    ASSERT_TRUE(desk_->cancel(id, 1000, Reason::cancelled));

    methods_ = {Method::face};
    begin(); // with its number
    put_card();
    card(free_data());
    EXPECT_EQ(reason(), Reason::entry_delayed);
    EXPECT_EQ(last().verdict->decision, match::Decision::undecided);
    now_ += 30;
    begin();
    put_card();
    card(free_data());
    EXPECT_EQ(last().state, State::reading_photo);
    card(genuine());
    ASSERT_TRUE(desk_->cancel(last().session, 1000, Reason::cancelled));
    id = until_number();
    wrong_number(id);
    EXPECT_TRUE(desk_->provide(id, 1000, with_number())) << "a right one makes up for the wrong ones";
}

TEST_F(WrongEntry, AnotherCardDoesNotWait) {
    for (int i = 0; i < 2; ++i) {
        const auto id = until_number();
        wrong_number(id);
        ASSERT_TRUE(desk_->cancel(id, 1000, Reason::cancelled));
    }
    methods_ = {Method::face};
    begin();
    put_card();
    card(free_data(7));
    EXPECT_EQ(last().state, State::reading_photo);
}

TEST_F(WrongEntry, APinThatCameBeforeTheCardIsDroppedAndSaid) {
    for (int i = 0; i < 2; ++i) {
        const auto id = until_waiting();
        provide(id, with_pin("9999"));
        card(PinRefused{{Reason::pin_wrong, ""}, 2});
        ASSERT_TRUE(desk_->cancel(id, 1000, Reason::cancelled));
    }
    methods_ = {Method::pin, Method::visual_check};
    const auto id = *begin(std::nullopt);
    provide(id, with_pin());
    put_card();
    card(free_data());
    EXPECT_EQ(last().hint, Reason::entry_delayed);
    EXPECT_EQ(last().retry_after, std::chrono::seconds(30));
    EXPECT_EQ(sent("card pin"), 2);
}

} // namespace
} // namespace kaomon::session
