// A reader whose driver does not return from a call: nothing more comes of the card, and the desk says so.
#include "tests/daemon/session/other_methods.hpp"

namespace kaomon::session {
namespace {

struct StuckReader : OtherMethods {
    void stuck(std::vector<Reason> threads) {
        desk_->on_stuck(std::move(threads));
        turn();
    }
};

TEST_F(StuckReader, EndsWhatWaitsForTheCard) {
    methods_ = {Method::face};
    const auto to_reading = [this] { put_card(); };
    const auto to_number = [this] { put_card(), card(free_data()); };
    for (const auto& reach : std::vector<std::function<void()>>{[] {}, to_reading, to_number}) {
        begin(std::nullopt);
        reach();
        stuck({Reason::reader_stuck});
        EXPECT_EQ(last().state, State::concluded);
        EXPECT_EQ(reason(), Reason::reader_stuck);
        EXPECT_EQ(desk_->status().reader_fault, Reason::reader_stuck);
        stuck({});
        EXPECT_FALSE(desk_->status().reader_fault);
    }
}

TEST_F(StuckReader, EndsTheVisitThatBeginsMeanwhile) {
    put_card();
    stuck({Reason::reader_stuck});
    methods_ = {Method::face};
    begin();
    EXPECT_EQ(reason(), Reason::reader_stuck) << "and not: put the card down";
    stuck({Reason::camera_error});
    begin();
    EXPECT_EQ(last().state, State::waiting_card);
}

TEST_F(StuckReader, DoesNotEndWhatNeedsNoCardAnyMore) {
    until_looking();
    stuck({Reason::reader_stuck});
    EXPECT_EQ(last().state, State::capturing_face);
    face(FaceReady{looking_at(0), live_feed()});
    EXPECT_EQ(reason(), Reason::match);
}

TEST_F(StuckReader, LeavesTheVisualCheck) {
    const auto reading = *begin(std::nullopt);
    put_card();
    stuck({Reason::reader_stuck});
    EXPECT_EQ(last().methods, std::vector{Method::visual_check});
    auto of_the_device = with_visual_check();
    of_the_device.visual_check->reason = VisualCheckReason::device_fault;
    provide(reading, std::move(of_the_device));
    EXPECT_EQ(reason(), Reason::staff_confirmed_without_card);

    stuck({});
    const auto checking = until_waiting();
    provide(checking, with_pin());
    EXPECT_EQ(last().state, State::checking_pin);
    stuck({Reason::reader_stuck});
    EXPECT_EQ(last().state, State::waiting_method);
    EXPECT_EQ(last().hint, Reason::reader_stuck);
    EXPECT_EQ(last().methods, std::vector{Method::visual_check});
    provide(checking, with_visual_check());
    EXPECT_EQ(reason(), Reason::staff_confirmed);
}

TEST_F(StuckReader, NoPinWaitsForItToComeBack) {
    const auto id = until_waiting();
    stuck({Reason::reader_stuck});
    EXPECT_EQ(last().state, State::waiting_method) << "nothing is needed of it yet";
    calls_.clear();
    provide(id, with_pin());
    EXPECT_EQ(std::ranges::count(calls_, "card pin 1234"), 0);
    EXPECT_EQ(last().hint, Reason::reader_stuck);
}

} // namespace
} // namespace kaomon::session
