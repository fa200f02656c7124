#include "tests/daemon/socket/as_user.hpp"
#include "tests/daemon/socket/raw_client.hpp"
#include "tests/daemon/socket/served_desk.hpp"

#include <gmock/gmock.h>

namespace kaomon::socket {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto attach = R"({"method":"org.kaomon.Screen.Attach","more":true})";

TEST(ScreenMethods, AttachTellsTheViewAtOnceAndEachChange) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    EXPECT_EQ(
        client.call(attach),
        R"({"parameters":{"screen":"screen-1","state":"idle","card_present":false,"help":false},"continues":true})");
    served.run([](testing::ScriptedDesk& desk) {
        EXPECT_FALSE(desk.screen_without_light);
        desk.screen({.state = session::State::capturing_face,
                     .hint = Reason::screen_light,
                     .light = screen::LightRun::Step{7, {255, 162, 56}}});
    });
    const std::string lit = client.receive().value_or("");
    EXPECT_THAT(lit, HasSubstr(R"("hint":{"word":"screen_light")"));
    EXPECT_THAT(lit, HasSubstr(R"("light":{"step":7,"red":255,"green":162,"blue":56})"));
    EXPECT_THAT(lit, HasSubstr(R"("continues":true)"));
}

TEST(ScreenMethods, AttachNeedsMoreAndCanDeclineLight) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    EXPECT_THAT(client.call(R"({"method":"org.kaomon.Screen.Attach"})"), HasSubstr("ExpectedMore"));
    EXPECT_THAT(
        client.call(R"({"method":"org.kaomon.Screen.Attach","more":true,"parameters":{"no_light":1}})"),
        HasSubstr(R"("parameter":"no_light")"));
    client.call(R"({"method":"org.kaomon.Screen.Attach","more":true,"parameters":{"no_light":true}})");
    served.run([](testing::ScriptedDesk& desk) { EXPECT_TRUE(desk.screen_without_light); });
}

TEST(ScreenMethods, ASecondScreenIsRefusedUntilTheFirstHangsUp) {
    testing::ServedDesk served;
    testing::RawClient first(served.path()), second(served.path());
    first.call(attach);
    EXPECT_THAT(
        second.call(attach),
        HasSubstr(
            R"("error":"org.kaomon.Screen.ScreenAttached","parameters":{"reason":{"word":"screen_attached")"));
    first.shut();
    EXPECT_TRUE(served.eventually([](auto& desk) { return !desk.screen; }));
    EXPECT_THAT(second.call(attach), HasSubstr(R"("screen":"screen-1")"));
}

TEST(ScreenMethods, AScreenThatIsReplacedHearsIt) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    client.call(attach);
    served.run([](testing::ScriptedDesk& desk) { desk.screen({.replaced = true}); });
    const std::string end = client.receive().value_or("");
    EXPECT_THAT(
        end,
        HasSubstr(R"("error":"org.kaomon.Screen.Replaced","parameters":{"reason":{"word":"screen_silent")"));
    EXPECT_THAT(end, Not(HasSubstr("continues")));
    EXPECT_THAT(client.call(R"({"method":"org.kaomon.Device.GetKeys"})"), HasSubstr("keys"))
        << "the connection goes on";
}

TEST(ScreenMethods, ShownIsTakenOrRefusedByName) {
    testing::ServedDesk served;
    testing::RawClient screen(served.path()), answers(served.path());
    const auto shown = [&](const std::string& id, const std::string& step) {
        return answers.call(R"({"method":"org.kaomon.Screen.Shown","parameters":{"screen":")" + id +
                            R"(","step":)" + step + "}}");
    };
    EXPECT_THAT(shown("screen-1", "7"),
                HasSubstr(R"("error":"org.kaomon.Screen.NoSuchScreen","parameters":{"screen":"screen-1",)"));
    screen.call(attach);
    EXPECT_EQ(shown("screen-1", "7"), R"({"parameters":{}})");
    EXPECT_EQ(shown("screen-1", "8"),
              R"({"error":"org.kaomon.Screen.StepNotAwaited","parameters":{"step":8}})");
    EXPECT_THAT(shown("screen-2", "7"), HasSubstr("NoSuchScreen"));
    for (const char* step : {"0", "-1", "2147483648", "1.0", "null"})
        EXPECT_THAT(shown("screen-1", step), HasSubstr(R"("parameter":"step")")) << step;
    served.run([](testing::ScriptedDesk& desk) { EXPECT_EQ(desk.steps_shown, std::vector{7}); });
}

// ---- what a patient does on it ----

std::string call_of(const std::string& method, const std::string& parameters) {
    return R"({"method":"org.kaomon.Screen.)" + method + R"(","parameters":{"screen":"screen-1",)" +
           parameters + "}}";
}
const std::string verify =
    R"({"method":"org.kaomon.Verification.Verify","more":true,"parameters":{"nonce":"0123456789abcdef"}})";
const std::string pin = call_of("Enter", R"("idempotency_key":"press-0001","pin":"9999")");

TEST(ScreenMethods, WhatIsKeyedInGoesToTheVisitThatRuns) {
    testing::ServedDesk served;
    testing::RawClient caller(served.path()), screen(served.path()), answers(served.path());
    EXPECT_THAT(answers.call(pin), HasSubstr("NoSuchScreen")) << "nothing without a screen";
    screen.call(attach);
    EXPECT_THAT(answers.call(pin), HasSubstr(R"("error":"org.kaomon.Screen.Refused")"));
    EXPECT_THAT(answers.call(pin), HasSubstr(R"("word":"session_unknown")"));
    caller.call(verify);
    EXPECT_EQ(answers.call(pin), R"({"parameters":{"repeated":false}})");
    EXPECT_EQ(answers.call(pin), R"({"parameters":{"repeated":true}})");
    EXPECT_EQ(answers.call(call_of("Consent", R"("given":true)")), R"({"parameters":{}})");
    served.run(
        [](auto& desk) { EXPECT_EQ(desk.provided, (std::vector<std::string>{"pin 9999", "consent yes"})); });
}

TEST(ScreenMethods, StaffIsCalledAndTheScreenSaysSo) {
    testing::ServedDesk served;
    testing::RawClient screen(served.path()), answers(served.path());
    screen.call(attach);
    EXPECT_EQ(answers.call(call_of("Help", R"("wanted":true)")), R"({"parameters":{}})");
    served.run([](auto& desk) { EXPECT_TRUE(desk.staff.now.help); });
}

TEST(ScreenMethods, ThePictureComesAsADataUrlWantsItAndEndsWithItsConnection) {
    testing::ServedDesk served;
    testing::RawClient screen(served.path()), picture(served.path());
    screen.call(attach);
    picture.send(R"({"method":"org.kaomon.Screen.Preview","more":true,"parameters":{"screen":"screen-1"}})");
    ASSERT_TRUE(served.eventually([](auto& desk) { return static_cast<bool>(desk.previewing); }));
    served.run([](auto& desk) {
        desk.previewing({.jpeg = {0xFB, 0xEF, 0xFF, 0x01}, .face = face::Box{0.25F, 0.25F, 0.75F, 0.5F}});
        desk.previewing({});
    });
    EXPECT_EQ(picture.receive().value_or(""),
              R"({"parameters":{"jpeg":"++//AQ==","face":{"left":2.5E-1,"top":2.5E-1,"width":5E-1,)"
              R"("height":2.5E-1}},"continues":true})");
    EXPECT_EQ(picture.receive().value_or(""), R"({"parameters":{},"continues":true})");
    picture.shut();
    EXPECT_TRUE(served.eventually([](auto& desk) { return !desk.previewing; }));
}

TEST(ScreenMethods, WhoIsNoScreenUserShowsAndShinesButTakesNoDigits) {
    testing::ServedDesk served([](Options& options) { options.permissions.screen_users = {}; });
    if (geteuid() != 0)
        GTEST_SKIP() << "only root can become another user";
    testing::open_to_all(served.path());
    for (const auto& call : {pin, call_of("Consent", R"("given":true)"),
                             std::string(R"({"method":"org.kaomon.Screen.Preview","more":true,)"
                                         R"("parameters":{"screen":"screen-1"}})")})
        EXPECT_THAT(testing::call_as(4712, served.path(), call), HasSubstr("PermissionDenied")) << call;
    EXPECT_THAT(testing::call_as(4712, served.path(), attach), HasSubstr(R"("screen":"screen-1")"));
}

} // namespace
} // namespace kaomon::socket
