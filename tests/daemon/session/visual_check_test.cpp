// What a visual check needs beside a member of staff: a card that was read. And what it leads to without.
#include "tests/daemon/session/other_methods.hpp"

namespace kaomon::session {
namespace {

using VisualChecks = OtherMethods;

TEST_F(VisualChecks, NeedACard) {
    const auto id = *begin(std::nullopt);
    EXPECT_EQ(last().state, State::waiting_card);
    EXPECT_EQ(refused(id, with_visual_check()), Reason::no_card);
    put_card();
    provide(id, with_visual_check());
    EXPECT_EQ(last().state, State::reading_card) << "it waits until it is known which card it is";
    card(free_data());
    EXPECT_EQ(reason(), Reason::staff_confirmed);
}

// With reader and card out of order it is on record who confirmed, and that it proves nothing.
TEST_F(VisualChecks, VerifyNobodyWithoutACard) {
    for (const auto condition : {card::ReaderCondition::no_reader, card::ReaderCondition::mute_card}) {
        const auto id = *begin(std::nullopt);
        reader(condition);
        Provision of_the_face = with_visual_check(), of_the_device = with_visual_check();
        of_the_device.visual_check->reason = VisualCheckReason::device_fault;
        EXPECT_EQ(refused(id, std::move(of_the_face)), card::reason_of(condition));
        provide(id, std::move(of_the_device));
        EXPECT_EQ(last().verdict->decision, match::Decision::undecided);
        EXPECT_EQ(reason(), Reason::staff_confirmed_without_card);
        EXPECT_EQ(claims().visual_check->staff, "hanako.s");
        EXPECT_NE(audit_text().find("staff_confirmed_without_card"), std::string::npos);
        reader(card::ReaderCondition::no_card);
    }
}

// A camera that fails at once must not hide which card it is.
TEST_F(VisualChecks, TheCardIsKnownBeforeAPinIsUsedEvenIfTheFaceEndedBefore) {
    for (const bool pin_first : {true, false}) {
        veto(Reason::feed_repeated);
        const auto id = *begin(std::nullopt);
        put_card();
        face(FaceFailed{{Reason::camera_lost, ""}, liveness::all_kinds({})});
        EXPECT_EQ(last().state, State::waiting_method);
        if (pin_first)
            provide(id, with_pin());
        EXPECT_EQ(last().state, State::waiting_method) << "no PIN is sent before";
        card(free_data());
        EXPECT_EQ(last().methods, (std::vector{Method::visual_check}));
        EXPECT_EQ(refused(id, with_pin()), Reason::suspicion_remains);
        provide(id, with_visual_check());
        EXPECT_EQ(reason(), Reason::staff_confirmed);
        EXPECT_EQ(claims().suspicion, (std::vector<std::string>{"feed_repeated"}));
    }
}

} // namespace
} // namespace kaomon::session
