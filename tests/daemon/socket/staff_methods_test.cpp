#include "tests/daemon/socket/as_user.hpp"
#include "tests/daemon/socket/raw_client.hpp"
#include "tests/daemon/socket/served_desk.hpp"

#include <gmock/gmock.h>

namespace kaomon::socket {
namespace {

using ::testing::HasSubstr;

constexpr auto follow = R"({"method":"org.kaomon.Staff.Follow","more":true})";
const std::string verify =
    R"({"method":"org.kaomon.Verification.Verify","more":true,"parameters":{"nonce":"0123456789abcdef"}})";

std::string provide(const std::string& what, const std::string& key = "press-0001") {
    return R"({"method":"org.kaomon.Staff.Provide","parameters":{"idempotency_key":")" + key + R"(",)" +
           what + "}}";
}
std::string check_by(const std::string& staff) {
    return R"("visual_check":{"staff":")" + staff + R"(","reason":"face_failed","confirmed":true})";
}

TEST(StaffMethods, FollowTellsTheVisitAndForWhomOneMaySpeak) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    EXPECT_EQ(client.call(follow),
              R"({"parameters":{"state":"idle","methods":[],"earlier":[],"warnings":[],"help":false,)"
              R"("staff":["hanako.s","a"]},"continues":true})");
    served.run([](auto& desk) {
        auto& view = desk.staff.now;
        view.state = session::State::waiting_method;
        view.hint = Reason::no_match;
        view.methods = {Method::pin, Method::visual_check};
        view.tries_left = 9;
        view.card_expiry = Date{std::chrono::year{2035} / 2 / 17};
        view.earlier = {{Method::face, Reason::no_match}};
        view.consent = false;
        view.purpose = "check-in";
        view.last = {match::Decision::verified, Method::pin, Reason::pin_accepted};
        desk.staff.publish();
    });
    const std::string now = client.receive().value_or("");
    for (const char* part :
         {R"("state":"waiting_method")", R"("methods":["pin","visual_check"])", R"("tries_left":9)",
          R"("card_expiry":"2035-02-17")", R"("earlier":[{"method":"face","reason":{"word":"no_match")",
          R"("consent":false)", R"("purpose":"check-in")",
          R"("last":{"decision":"verified","method":"pin","reason":{"word":"pin_accepted")"})
        EXPECT_THAT(now, HasSubstr(part));
}

TEST(StaffMethods, WhatStaffHandsInGoesToTheVisitThatRunsInTheNameOfItsOwnStaffOnly) {
    testing::ServedDesk served;
    testing::RawClient caller(served.path()), staff(served.path());
    EXPECT_THAT(staff.call(provide(check_by("a"))), HasSubstr(R"("word":"session_unknown")"));
    caller.call(verify);
    EXPECT_THAT(staff.call(provide(check_by("stranger"))), HasSubstr(R"("word":"staff_not_configured")"));
    EXPECT_THAT(staff.call(provide(R"("consent":{"given":true})")),
                HasSubstr(R"("parameter":"consent.staff")"));
    EXPECT_THAT(staff.call(provide(R"("consent":{"given":true,"staff":"a"})")), HasSubstr("false"));
    EXPECT_EQ(staff.call(provide(check_by("hanako.s"), "press-0002")),
              R"({"parameters":{"repeated":false}})");
    served.run([](auto& desk) {
        EXPECT_EQ(desk.provided, (std::vector<std::string>{"consent yes by a", "hanako.s face_failed yes"}));
    });
}

TEST(StaffMethods, TheBellIsSilencedByWhoHasCome) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    served.run([](auto& desk) { desk.call_staff(true); });
    EXPECT_EQ(client.call(R"({"method":"org.kaomon.Staff.HelpGiven"})"), R"({"parameters":{}})");
    served.run([](auto& desk) { EXPECT_FALSE(desk.staff.now.help); });
}

// ---- whom the gateway speaks for ----

constexpr uid_t gateway = 4713;

std::string speak_for(const std::string& peer) {
    return R"({"method":"org.kaomon.Device.SpeakFor","parameters":{"peer":")" + peer + R"("}})";
}

struct ThroughGateway : ::testing::Test {
    ThroughGateway() { testing::open_to_all(served.path()); }
    void SetUp() override {
        if (geteuid() != 0)
            GTEST_SKIP() << "only root can become the gateway's user";
    }
    testing::ServedDesk served{[](Options& options) {
        options.permissions = {.verify_users = {"gateway/受付1"},
                               .screen_users = {"gateway/patient"},
                               .staff_users = {"gateway/staff:s-07"},
                               .gateway_user = std::to_string(gateway)};
    }};
};

TEST_F(ThroughGateway, AConnectionHasTheRightsOfItsPeer) {
    EXPECT_THAT(testing::call_as(gateway, served.path(), verify), HasSubstr("PermissionDenied"));
    const auto reception = testing::calls_as(gateway, served.path(), {speak_for("受付1"), follow, verify});
    EXPECT_THAT(reception, ::testing::StartsWith("{\"parameters\":{}}\n"));
    EXPECT_THAT(reception, HasSubstr("PermissionDenied")) << "no staff";
    EXPECT_THAT(reception, HasSubstr(R"("state":"waiting_card")"));
    served.run([](auto& desk) { EXPECT_EQ(desk.request.caller, session::Caller(gateway, "受付1")); });
    EXPECT_THAT(testing::calls_as(gateway, served.path(), {speak_for("staff"), follow}),
                HasSubstr(R"("staff":["s-07"])"));
}

TEST_F(ThroughGateway, APeerIsNamedOnceByTheGatewayAloneAndInPlainText) {
    EXPECT_THAT(testing::calls_as(gateway, served.path(), {speak_for("受付1"), speak_for("staff")}),
                HasSubstr("PermissionDenied"));
    EXPECT_THAT(testing::call_as(4712, served.path(), speak_for("受付1")), HasSubstr("PermissionDenied"));
    EXPECT_THAT(testing::call_as(0, served.path(), speak_for("受付1")), HasSubstr("PermissionDenied"));
    for (const char* wrong : {"", "a:b", "a/b", "a,b"})
        EXPECT_THAT(testing::call_as(gateway, served.path(), speak_for(wrong)),
                    HasSubstr(R"("parameter":"peer")"))
            << wrong;
}

TEST_F(ThroughGateway, EachPeerHasItsOwnPlaces) {
    std::vector<testing::Held> held;
    for (int i = 0; i < 8; ++i)
        held.push_back(testing::hold_as(gateway, served.path(), speak_for("受付1")));
    ASSERT_TRUE(served.eventually([](auto&) { return true; }));
    const Instant end = SteadyClock::now() + Milliseconds(2000);
    std::string ninth;
    do
        ninth = testing::call_as(gateway, served.path(), speak_for("受付1"));
    while (ninth.find("too_many_clients") == std::string::npos && SteadyClock::now() < end);
    EXPECT_THAT(ninth, HasSubstr("too_many_clients"));
    EXPECT_EQ(testing::call_as(gateway, served.path(), speak_for("patient")), R"({"parameters":{}})");
}

} // namespace
} // namespace kaomon::socket
