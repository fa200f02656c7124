#include "drivers/card/pcsc/sighting.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kaomon::card::pcsc {
namespace {

constexpr DWORD empty = SCARD_STATE_EMPTY;
constexpr DWORD card = SCARD_STATE_PRESENT;
constexpr DWORD mute = SCARD_STATE_PRESENT | SCARD_STATE_MUTE;

std::string chosen(const std::vector<Sighting>& readers, std::string_view part = "",
                   std::string_view ours = "") {
    const Sighting* found = choose(readers, part, ours);
    return found == nullptr ? "none" : found->reader;
}

TEST(Sighting, TellsTheConditionFromTheFlags) {
    EXPECT_EQ((Sighting{"r", empty}.condition()), ReaderCondition::no_card);
    EXPECT_EQ((Sighting{"r", card}.condition()), ReaderCondition::card_present);
    EXPECT_EQ((Sighting{"r", card | SCARD_STATE_EXCLUSIVE}.condition()), ReaderCondition::card_present);
    EXPECT_EQ((Sighting{"r", mute}.condition()), ReaderCondition::mute_card);
    EXPECT_EQ((Sighting{"r", SCARD_STATE_UNAVAILABLE}.condition()), ReaderCondition::no_reader);
    EXPECT_EQ((Sighting{"r", SCARD_STATE_UNKNOWN}.condition()), ReaderCondition::no_reader);
}

TEST(Sighting, EventsAreTheUpperHalf) {
    EXPECT_EQ((Sighting{"r", 7U << 16 | card}.events()), 7U);
}

TEST(Choose, TheOneWithACardElseTheMuteOneElseTheFirst) {
    EXPECT_EQ(chosen({}), "none");
    EXPECT_EQ(chosen({{"a", empty}, {"b", empty}}), "a");
    EXPECT_EQ(chosen({{"a", empty}, {"b", mute}}), "b");
    EXPECT_EQ(chosen({{"a", mute}, {"b", card}}), "b");
    EXPECT_EQ(chosen({{"a", SCARD_STATE_UNAVAILABLE}, {"b", empty}}), "b");
}

TEST(Choose, StaysWithOursWhileItsCardIsOn) {
    EXPECT_EQ(chosen({{"a", card}, {"b", card}}, "", "b"), "b");
    EXPECT_EQ(chosen({{"a", card}, {"b", empty}}, "", "b"), "a");
}

TEST(Choose, ANameGivenMeansNoOther) {
    EXPECT_EQ(chosen({{"Contact 00", card}, {"Contactless 01", empty}}, "Contactless"), "Contactless 01");
    EXPECT_EQ(chosen({{"Contact 00", card}}, "Contactless"), "none");
    EXPECT_EQ(chosen({{"PCD 00 00", empty}, {"PCD 00 01", card}}, "PCD"), "PCD 00 01");
}

Sighting seen(std::string name, DWORD state, std::uint64_t arrived, bool contactless = false) {
    return {std::move(name), state, arrived, contactless};
}

TEST(Choose, TheCardPutDownLastIsTheDesks) {
    EXPECT_EQ(chosen({seen("a", card, 2), seen("b", card, 3)}, "", "a"), "b");
    EXPECT_EQ(chosen({seen("a", card, 3), seen("b", card, 0)}, "", "b"), "a");
    EXPECT_EQ(chosen({seen("a", card, 2), seen("b", mute, 3)}), "b") << "a telephone on the other one";
    EXPECT_EQ(chosen({seen("a", card, 2), seen("b", empty, 3)}), "b")
        << "that card has gone, and the one on a was left behind";
    EXPECT_EQ(chosen({seen("a", card, 2), seen("b", SCARD_STATE_UNAVAILABLE, 3)}), "a") << "b was unplugged";
}

TEST(Choose, AmongCardsThatLayThereTheContactlessOne) {
    EXPECT_EQ(chosen({seen("a", card, 0), seen("b", card, 0, true)}), "b");
    EXPECT_EQ(chosen({seen("a", card, 0), seen("b", card, 0, true)}, "a"), "a") << "unless it was named";
}

TEST(Choose, ACardLeftInTheContactSlotDoesNotKeepTheDesk) {
    EXPECT_EQ(chosen({seen("X 00 00", card, 0), seen("X 00 01", empty, 0, true)}, "", "X 00 00"), "X 00 01")
        << "a card was seen there before";
    EXPECT_EQ(chosen({seen("[X SAM] 00", card, 0), seen("[X PICC] 00", empty, 0)}), "[X PICC] 00")
        << "its name says so, and nothing else is known";
    EXPECT_EQ(chosen({seen("[X PICC] 00", card, 0), seen("[Y] 00", empty, 0, true)}), "[Y] 00")
        << "what a card has shown counts more than a name";
    EXPECT_EQ(chosen({seen("X 00 00", card, 5), seen("X 00 01", empty, 0, true)}), "X 00 00")
        << "this one was put there for us";
    EXPECT_EQ(chosen({seen("X 00 00", card, 0), seen("Y 00 00", empty, 0)}), "X 00 00");
}

} // namespace
} // namespace kaomon::card::pcsc
