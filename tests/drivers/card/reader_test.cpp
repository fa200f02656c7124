#include "drivers/card/reader.hpp"

#include <gtest/gtest.h>

namespace kaomon::card {
namespace {

TEST(ReaderCondition, EachWithoutACardHasItsReason) {
    EXPECT_EQ(reason_of(ReaderCondition::service_down), Reason::reader_service_down);
    EXPECT_EQ(reason_of(ReaderCondition::no_reader), Reason::no_reader);
    EXPECT_EQ(reason_of(ReaderCondition::no_card), Reason::no_card);
    EXPECT_EQ(reason_of(ReaderCondition::mute_card), Reason::card_mute);
}

TEST(ReaderState, AnotherTapIsAnotherState) {
    const ReaderState first{ReaderCondition::card_present, "r", 1};
    ReaderState second = first;
    EXPECT_EQ(first, second);
    second.tap = 2;
    EXPECT_NE(first, second);
}

} // namespace
} // namespace kaomon::card
