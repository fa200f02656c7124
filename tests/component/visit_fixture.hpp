// One desk on real parts for all of the visits, which must be ready for the next patient after each of them,
// with no try of the card spent.
#pragma once

#include "daemon/result/jws.hpp"
#include "tests/component/desk.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <ctime>

namespace kaomon::test {

// Seconds: what ends before this ended by itself, and not because its visit's time (20 s) was over. How fast
// it is on a quiet machine is for the benchmarks to say.
inline constexpr double soon = 10.0;

class VisitTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        desk = new Desk;
        card = desk->issue("card");
        desk->restart_daemon(Desk::other_view_of_holder());
        desk->put(card);
    }
    static void TearDownTestSuite() {
        delete desk;
        desk = nullptr;
    }
    void TearDown() override {
        EXPECT_TRUE(desk->daemon().running()) << desk->daemon().log();
        EXPECT_EQ(desk->tries(card), 10) << "a try was spent that nobody asked for";
        EXPECT_EQ(desk->tries(card, "sign_in_pin"), 3) << "a try of the PIN was spent that nobody asked for";
    }

    static std::string number() { return desk->number(card); }
    static void expect_ready() {
        const auto visit = desk->visit(number());
        EXPECT_EQ(visit.decision, "verified") << visit.reason;
    }
    static bool card_present() { return desk->status().at("card_present").as_bool(); }
    static boost::json::object visual_check(const char* reason, bool confirmed = true) {
        return {{"visual_check", {{"staff", "hanako.s"}, {"reason", reason}, {"confirmed", confirmed}}}};
    }
    static result::Claims claims_of(const Visit& visit) {
        Caller caller(desk->socket());
        const auto keys = boost::json::serialize(caller.call("org.kaomon.Device.GetKeys").at("parameters"));
        const auto claims =
            result::check(visit.result, keys, {"nonce-of-a-component-test", std::time(nullptr)});
        if (!claims) {
            ADD_FAILURE() << claims.error().detail;
            return {};
        }
        return *claims;
    }

    inline static Desk* desk = nullptr;
    inline static std::filesystem::path card;
};

} // namespace kaomon::test
