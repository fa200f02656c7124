#include "daemon/gateway/turns.hpp"

#include <gtest/gtest.h>

namespace kaomon::gateway {
namespace {

TEST(Turns, ARefusalWaitsForTheCallsBeforeIt) {
    Turns turns;
    turns.refused();
    EXPECT_EQ(turns.take_refused(), 1U);
    turns.forwarded();
    turns.refused();
    turns.refused();
    turns.forwarded();
    EXPECT_EQ(turns.take_refused(), 0U);
    EXPECT_EQ(turns.size(), 4U);
    turns.answered();
    EXPECT_EQ(turns.take_refused(), 2U);
    turns.answered();
    turns.answered(); // kaomond's farewell answers no call
    EXPECT_EQ(turns.size(), 0U);
}

} // namespace
} // namespace kaomon::gateway
