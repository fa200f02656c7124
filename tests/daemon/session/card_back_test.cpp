// A card that is lifted by mistake while it is needed.
#include "tests/daemon/session/scripted_sides.hpp"

#include <thread>

namespace kaomon::session {
namespace {

struct CardBackTest : VerificationDeskTest {
    CardBackTest() : VerificationDeskTest(150ms) {}

    void lift() { reader(card::ReaderCondition::no_card); }
    void back() {
        put_card();
        card(CardBack{10});
    }
    std::ptrdiff_t numbers() const { return std::ranges::count(calls_, "card access_number"); }
};

TEST_F(CardBackTest, WhileItIsReadItIsReadAnew) {
    begin();
    put_card();
    card(CardFailed{{Reason::card_removed, ""}});
    lift();
    EXPECT_EQ(last().state, State::reading_card);
    EXPECT_EQ(last().hint, Reason::card_removed);
    put_card();
    card(free_data());
    EXPECT_EQ(numbers(), 1) << "the number that came with the request, for the first time";
    card(genuine());
    EXPECT_EQ(last().state, State::preparing_reference);
}

TEST_F(CardBackTest, WhileTheNumberIsAwaitedItGoesOnThere) {
    const auto id = begin(std::nullopt);
    put_card();
    card(free_data());
    lift();
    EXPECT_EQ(last().state, State::waiting_access_number);
    EXPECT_EQ(last().hint, Reason::card_removed);
    ASSERT_TRUE(desk_->provide(*id, 1000, with_number()));
    EXPECT_EQ(numbers(), 0) << "nothing goes to a card that is not there";
    back();
    EXPECT_EQ(numbers(), 1);
    EXPECT_EQ(last().state, State::reading_photo);
}

TEST_F(CardBackTest, AfterTheVerifyAPersonIsAskedAgain) {
    const auto id = begin(std::nullopt);
    put_card();
    card(free_data());
    ASSERT_TRUE(desk_->provide(*id, 1000, with_number()));
    card(CardFailed{{Reason::card_removed, ""}});
    lift();
    EXPECT_EQ(last().state, State::reading_photo);
    back();
    EXPECT_EQ(last().state, State::waiting_access_number);
    EXPECT_EQ(last().hint, Reason::access_number_missing);
    EXPECT_EQ(last().tries_left, 10);
    EXPECT_EQ(numbers(), 1) << "no second VERIFY by itself";
    ASSERT_TRUE(desk_->provide(*id, 1000, with_number()));
    EXPECT_EQ(numbers(), 2);
    EXPECT_NE(script_->idempotency_keys[0], script_->idempotency_keys[1]);
}

TEST_F(CardBackTest, ANumberOfTheRequestIsNotSentTwice) {
    begin();
    put_card();
    card(free_data());
    card(CardFailed{{Reason::card_removed, ""}});
    EXPECT_EQ(reason(), Reason::card_removed);
    EXPECT_EQ(numbers(), 1);
}

TEST_F(CardBackTest, LaterThanThatItIsGone) {
    begin(std::nullopt);
    put_card();
    card(free_data());
    lift();
    EXPECT_FALSE(last().verdict);
    std::this_thread::sleep_for(200ms);
    turn();
    EXPECT_EQ(reason(), Reason::card_removed);
}

TEST_F(CardBackTest, PutBackAskewItHasTheRestOfItsTime) {
    for (const bool answers_in_the_end : {true, false}) {
        begin(std::nullopt);
        put_card();
        card(free_data());
        lift();
        reader(card::ReaderCondition::mute_card);
        EXPECT_EQ(last().state, State::waiting_access_number);
        EXPECT_EQ(last().hint, Reason::card_mute);
        if (answers_in_the_end) {
            back();
            EXPECT_EQ(last().hint, Reason::access_number_missing);
        }
        std::this_thread::sleep_for(200ms);
        turn();
        EXPECT_EQ(last().state, answers_in_the_end ? State::waiting_access_number : State::concluded);
        ASSERT_TRUE(desk_->cancel(last().session, 1000, Reason::cancelled) || !answers_in_the_end);
    }
    EXPECT_EQ(reason(), Reason::card_mute);
}

TEST_F(CardBackTest, AnotherCardIsAnotherCard) {
    begin(std::nullopt);
    put_card();
    card(free_data());
    lift();
    put_card();
    card(CardFailed{{Reason::card_changed, ""}});
    EXPECT_EQ(reason(), Reason::card_changed);
}

TEST_F(CardBackTest, StaffNeedsNoCardOnTheReader) {
    methods_ = {Method::face, Method::visual_check};
    const auto id = begin(std::nullopt);
    put_card();
    card(free_data());
    lift();
    ASSERT_TRUE(desk_->provide(*id, 1000, with_visual_check()));
    EXPECT_EQ(reason(), Reason::staff_confirmed);
}

struct RefusedEntry : VerificationDeskTest {};

TEST_F(RefusedEntry, CancellingAfterItDoesNotTakeItsReasonAway) {
    methods_ = {Method::pin, Method::visual_check};
    const auto id = begin(std::nullopt);
    put_card();
    card(free_data());
    ASSERT_TRUE(desk_->provide(*id, 1000, with_pin("9999")));
    card(PinRefused{{Reason::pin_wrong, ""}, 2});
    EXPECT_EQ(last().pin_tries_left, 2);
    ASSERT_TRUE(desk_->cancel(*id, 1000, Reason::cancelled));
    EXPECT_EQ(reason(), Reason::pin_wrong);
    EXPECT_EQ(last().pin_tries_left, 2);

    methods_ = {Method::face};
    const auto number = begin(std::nullopt);
    put_card();
    card(free_data());
    ASSERT_TRUE(desk_->provide(*number, 1000, with_number()));
    card(AccessNumberRefused{{Reason::access_number_wrong, ""}, 9});
    ASSERT_TRUE(desk_->cancel(*number, 1000, Reason::cancelled));
    EXPECT_EQ(reason(), Reason::access_number_wrong);
    EXPECT_EQ(last().tries_left, 9);

    const auto unentered = begin(std::nullopt);
    put_card();
    card(free_data());
    EXPECT_EQ(last().hint, Reason::access_number_missing);
    ASSERT_TRUE(desk_->cancel(*unentered, 1000, Reason::cancelled));
    EXPECT_EQ(reason(), Reason::cancelled) << "nothing was refused";

    const auto gone = begin(std::nullopt);
    ASSERT_TRUE(desk_->cancel(*gone, 1000, Reason::cancelled));
    EXPECT_EQ(reason(), Reason::cancelled);
}

} // namespace
} // namespace kaomon::session
