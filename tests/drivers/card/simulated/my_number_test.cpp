// The watch over every test: a command that touches the my number ends the process.
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace kaomon::card::simulated {
namespace {

// In a process of its own: whether the my number is forbidden is decided once.
template<class F>
void forbidden(F touch) {
    setenv("KAOMON_FORBID_MY_NUMBER", "1", 1);
    Card card(sample_card().issued.contents);
    touch(card);
}

TEST(MyNumberDeathTest, NoWayToItIsOpen) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    const std::string said = "the my number was touched";
    EXPECT_DEATH(forbidden([](Card& card) {
                     select_application(card, photo_application);
                     verify(card, 0x0013, "");
                 }),
                 said)
        << "not even its tries";
    EXPECT_DEATH(forbidden([](Card& card) {
                     select_application(card, photo_application);
                     verify(card, 0x0012, impossible_my_number);
                 }),
                 said)
        << "as another secret";
    EXPECT_DEATH(forbidden([](Card& card) {
                     select_application(card, photo_application);
                     send(card, Command{0x00, 0xA4, 0x02, 0x0C, {0x00, 0x05}, 0});
                 }),
                 said)
        << "its picture";
    EXPECT_DEATH(forbidden([](Card& card) {
                     select_application(card, text_application);
                     send(card, Command{0x00, 0xB0, 0x81, 0x00, {}, 256}); // by the short id
                 }),
                 said);
}

TEST(MyNumberDeathTest, WhatWeDoSendIsFree) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
            forbidden([](Card& card) {
                select_application(card, photo_application);
                verify(card, 0x0012, "");
                select_application(card, jpki_application);
                verify(card, 0x0018, "1234");
            });
            std::exit(0);
        },
        ::testing::ExitedWithCode(0), "");
}

} // namespace
} // namespace kaomon::card::simulated
