#include "drivers/fault/fault.hpp"

#include <gtest/gtest.h>

#include <string>

namespace kaomon::fault {
namespace {

TEST(Fault, EveryWordIsRead) {
    for (const Verb verb : {Verb::insert, Verb::pull, Verb::mute, Verb::unplug, Verb::plug, Verb::black,
                            Verb::freeze, Verb::clear}) {
        const auto fault = parse_fault(word(verb));
        ASSERT_TRUE(fault) << word(verb);
        EXPECT_EQ(*fault, (Fault{verb, std::nullopt, 0}));
    }
}

TEST(Fault, ArgumentsAndTheQualifier) {
    EXPECT_EQ(parse_fault("slow 250"), (Fault{Verb::slow, 250, 0}));
    EXPECT_EQ(parse_fault("slow 0"), (Fault{Verb::slow, 0, 0}));
    EXPECT_EQ(parse_fault("error 6F00"), (Fault{Verb::error, 0x6F00, 0}));
    EXPECT_EQ(parse_fault("error 6a82 after 2"), (Fault{Verb::error, 0x6A82, 2}));
    EXPECT_EQ(parse_fault("error 19"), (Fault{Verb::error, 19, 0}));
    EXPECT_EQ(parse_fault("  pull \t after   7\r"), (Fault{Verb::pull, std::nullopt, 7}));
    EXPECT_EQ(parse_fault("pull # now"), (Fault{Verb::pull, std::nullopt, 0}));
    EXPECT_EQ(parse_fault("insert after 0"), (Fault{Verb::insert, std::nullopt, 0}));
}

TEST(Fault, APersonIsAskedAndAScreenShines) {
    for (const Ask what : values<Ask>()) {
        const auto fault = parse_fault("ask " + std::string(word(what)) + " after 3");
        ASSERT_TRUE(fault) << word(what);
        EXPECT_EQ(*fault, (Fault{.verb = Verb::ask, .after = 3, .ask = what}));
    }
    EXPECT_EQ(parse_fault("light 255 0 17"), (Fault{.verb = Verb::light, .light = {255, 0, 17}}));
    EXPECT_EQ(parse_fault("light 0 0 0 after 1"), (Fault{.verb = Verb::light, .after = 1}));
}

TEST(Fault, WhatIsNoFaultIsRefused) {
    for (const std::string& line : {std::string(),
                                    std::string("   "),
                                    std::string("# pull"),
                                    std::string("Pull"),
                                    std::string("pulled"),
                                    std::string("pull 3"),
                                    std::string("slow"),
                                    std::string("slow -1"),
                                    std::string("slow 60001"),
                                    std::string("slow 5ms"),
                                    std::string("error"),
                                    std::string("error 12345"),
                                    std::string("error 6G00"),
                                    std::string("error 0x6F00"),
                                    std::string("ask"),
                                    std::string("ask forwards"),
                                    std::string("ask left right"),
                                    std::string("light"),
                                    std::string("light 1 2"),
                                    std::string("light 1 2 256"),
                                    std::string("light 0.5 0 0"),
                                    std::string("light 1 2 3 4"),
                                    std::string("pull after"),
                                    std::string("pull after x"),
                                    std::string("pull after 1000001"),
                                    std::string("pull after 99999999999999999999"),
                                    std::string("pull after 1 2"),
                                    std::string("pull\0", 5),
                                    std::string(65, 'p')}) {
        const auto fault = parse_fault(line);
        ASSERT_FALSE(fault) << line;
        EXPECT_EQ(fault.error().reason, Reason::parameter_invalid);
    }
}

} // namespace
} // namespace kaomon::fault
