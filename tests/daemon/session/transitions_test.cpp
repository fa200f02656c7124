#include "daemon/session/transitions.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <set>

namespace kaomon::session {
namespace {

template<class F>
void for_all(F check) {
    for (const State state : values<State>()) {
        for (const Event event : values<Event>())
            check(state, event);
    }
}

TEST(Transitions, DecideEveryPair) {
    const std::string printed = print_transitions();
    std::cout << printed;
    EXPECT_TRUE(printed.starts_with("idle --begin--> waiting_card\n")) << "what changes nothing is left out";
    EXPECT_EQ(printed.find("UNDECIDED"), std::string::npos);
    for_all([](State state, Event event) {
        EXPECT_TRUE(next(state, event).has_value())
            << word(state) << " and " << word(event) << " is undecided";
    });
}

TEST(Transitions, NothingLeavesConcluded) {
    for_all([](State state, Event event) {
        if (state == State::concluded) {
            EXPECT_EQ(next(state, event), State::concluded) << word(event);
        }
    });
}

TEST(Transitions, EveryRunningStateEndsAtCancelAndDeadline) {
    for_all([](State state, Event event) {
        if (state == State::idle || state == State::concluded)
            return;
        const bool face_matters = state != State::waiting_method && state != State::checking_pin;
        if (event == Event::cancel || event == Event::deadline ||
            (event == Event::face_failed && face_matters)) {
            EXPECT_EQ(next(state, event), State::concluded) << word(state) << " and " << word(event);
        }
    });
}

TEST(Transitions, OnlyBeginLeavesIdle) {
    for_all([](State state, Event event) {
        if (state != State::idle)
            return;
        EXPECT_EQ(next(state, event), event == Event::begin ? State::waiting_card : State::idle)
            << word(event);
    });
}

TEST(Transitions, AVerdictOnTheFaceComesOnlyAfterAGenuineRecord) {
    // every way from idle to `capturing_face` passes reading_photo --record_read--> preparing_reference
    // --reference_ready-->
    for_all([](State state, Event event) {
        const auto after = next(state, event);
        if (state == *after)
            return;
        if (*after == State::capturing_face) {
            EXPECT_EQ(state, State::preparing_reference);
            EXPECT_EQ(event, Event::reference_ready);
        }
        if (*after == State::preparing_reference) {
            EXPECT_EQ(state, State::reading_photo);
            EXPECT_EQ(event, Event::record_read);
        }
        if (event == Event::face_ready) {
            EXPECT_EQ(state, State::capturing_face);
        }
    });
}

TEST(Transitions, AnotherWayLeadsOnAndNeverBackToTheFace) {
    for_all([](State state, Event event) {
        const auto after = *next(state, event);
        if (state == State::waiting_method || state == State::checking_pin) {
            EXPECT_TRUE(after == State::waiting_method || after == State::checking_pin ||
                        after == State::concluded)
                << word(state) << " and " << word(event);
        } else if (after == State::waiting_method) {
            EXPECT_EQ(event, Event::method_over);
        }
        if (after == State::checking_pin && state != after) {
            EXPECT_EQ(event, Event::pin_given);
        }
    });
}

// The card thread is at the card then: what it finds (a forgery) must not be overtaken.
TEST(Transitions, AVisualCheckWaitsWhileTheCardIsAtWork) {
    for (const State state : {State::reading_card, State::reading_photo, State::checking_pin})
        EXPECT_EQ(next(state, Event::staff_decided), state);
}

TEST(Transitions, ReachEveryState) {
    std::set<State> reached{State::idle};
    for (std::size_t round = 0; round < state_count; ++round) {
        for_all([&](State state, Event event) {
            if (reached.contains(state))
                reached.insert(*next(state, event));
        });
    }
    EXPECT_EQ(reached.size(), state_count);
}

} // namespace
} // namespace kaomon::session
