#include "daemon/gateway/names.hpp"

#include <gtest/gtest.h>

namespace kaomon::gateway {
namespace {

TEST(Names, OfThisComputerAreThree) {
    const auto names = Names::of_this_computer(8650);
    for (const char* host : {"127.0.0.1:8650", "localhost:8650", "LOCALHOST:8650", "[::1]:8650"})
        EXPECT_TRUE(names.has(host)) << host;
    for (const char* host :
         {"", "127.0.0.1", "localhost", "127.0.0.1:8651", "127.0.0.1.:8650", "127.0.0.2:8650",
          "localhost.:8650", "rebound.example:8650", "0:8650", "127.0.0.1:8650@evil", "127.0.0.1:08650",
          " 127.0.0.1:8650", "[0:0:0:0:0:0:0:1]:8650", "2130706433:8650"})
        EXPECT_FALSE(names.has(host)) << host;
}

TEST(Names, OfTheLanAreTheOperators) {
    const auto names = Names::of_lan({"Desk.clinic.example", "192.0.2.5", "2001:db8::5"}, 8651);
    EXPECT_TRUE(names.has("desk.clinic.example:8651"));
    EXPECT_TRUE(names.has("[2001:db8::5]:8651"));
    EXPECT_FALSE(names.has("127.0.0.1:8651"));
    EXPECT_FALSE(names.has("desk.clinic.example"));
    EXPECT_TRUE(Names::of_lan({"desk"}, 443).has("desk")) << "a browser leaves the usual port out";
}

TEST(Names, AnOriginIsOursUnderTheNameThatWasCalled) {
    const auto names = Names::of_this_computer(8650);
    EXPECT_TRUE(names.is_own_origin("127.0.0.1:8650", "http://127.0.0.1:8650"));
    for (const char* origin :
         {"", "null", "http://127.0.0.1", "https://127.0.0.1:8650", "http://localhost:8650",
          "http://127.0.0.1:8650/", "http://127.0.0.1:8650.evil", "http://evil"})
        EXPECT_FALSE(names.is_own_origin("127.0.0.1:8650", origin)) << origin;
    EXPECT_FALSE(names.is_own_origin("evil:8650", "http://evil:8650"));
    EXPECT_TRUE(Names::of_lan({"desk"}, 8651).is_own_origin("desk:8651", "https://desk:8651"));
}

} // namespace
} // namespace kaomon::gateway
