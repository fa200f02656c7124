#include "tests/daemon/socket/as_user.hpp"
#include "tests/daemon/socket/raw_client.hpp"
#include "tests/daemon/socket/served_desk.hpp"

#include <gmock/gmock.h>

namespace kaomon::socket {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(DeviceMethods, InfoIsComplete) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    const std::string reply = client.call(R"({"method":"org.kaomon.Device.GetInfo"})");
    for (const char* part :
         {R"("issuer":"kaomon:test")", R"("version":")" KAOMON_VERSION R"(")", R"("methods":["face"])",
          R"("policy":{"name":"normal","false_match_rate":1E-3)", R"("simulated":["card","camera"])",
          R"("warnings":[])", R"({"name":"embedder","sha256":"0000)"})
        EXPECT_THAT(reply, HasSubstr(part));
}

TEST(DeviceMethods, InfoTellsWhatThePolicyRestsOn) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    constexpr auto call = R"({"method":"org.kaomon.Device.GetInfo"})";
    EXPECT_THAT(client.call(call),
                AllOf(HasSubstr(R"("score":"cosine","threshold":3.92E-1,"measured":{"data_set":)"),
                      HasSubstr(R"("extrapolated":false)"), Not(HasSubstr("population"))));
    served.run([](testing::ScriptedDesk& desk) {
        desk.device.policy = match::policy_of(PolicyName::very_strict, match::ScoreKind::normalised);
        desk.device.population =
            match::Provenance{412, {{"staff", 400}, {"visitors", 12}}, "portraits", "2026-11-25", "ab"};
    });
    EXPECT_THAT(
        client.call(call),
        AllOf(
            HasSubstr(R"("score":"normalised")"), HasSubstr(R"("extrapolated":true)"),
            HasSubstr(
                R"("population":{"images":412,"groups":[{"name":"staff","images":400},)"
                R"({"name":"visitors","images":12}],"source":"portraits","date":"2026-11-25","model":"ab"})")));
}

TEST(DeviceMethods, KeysAreAJwkSet) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    EXPECT_EQ(
        client.call(R"({"method":"org.kaomon.Device.GetKeys"})"),
        R"({"parameters":{"keys":[{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"sig","kid":"k1","x":"AAAA"}]}})");
    served.run([](testing::ScriptedDesk& desk) { desk.device.jwk_set = "{"; });
    EXPECT_THAT(
        client.call(R"({"method":"org.kaomon.Device.GetKeys"})"),
        HasSubstr(R"("error":"org.kaomon.Device.Failed","parameters":{"reason":{"word":"internal_error")"));
}

#ifndef NDEBUG // a release trusts its own replies
TEST(DeviceMethods, AReplyThatBreaksItsDescriptionIsFound) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    served.run([](testing::ScriptedDesk& desk) { desk.device.jwk_set = R"({"keys":[{"kty":5}]})"; });
    EXPECT_THAT(client.call(R"({"method":"org.kaomon.Device.GetKeys"})"), HasSubstr("GetKeys: keys[0].kty"));
}
#endif

TEST(DeviceMethods, FiguresAreOneText) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    EXPECT_EQ(client.call(R"({"method":"org.kaomon.Device.GetMetrics"})"),
              R"({"parameters":{"text":"# TYPE kaomon_sessions_total counter\nkaomon_sessions_total 0\n"}})");
}

TEST(DeviceMethods, WatchTellsAtOnceAndOnChange) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    const std::string first = client.call(R"({"method":"org.kaomon.Device.Watch","more":true})");
    EXPECT_THAT(first, HasSubstr(R"("state":"idle","reader":"Scripted reader 00 00","card_present":false)"));
    EXPECT_THAT(first, HasSubstr(R"("continues":true)"));
    EXPECT_THAT(first, Not(HasSubstr("alarm")));
    served.run([](testing::ScriptedDesk& desk) {
        session::DeviceStatus status = desk.now;
        status.card_present = true;
        status.alarm = Reason::card_left;
        status.reader_fault = Reason::no_reader;
        status.camera_fault = Reason::camera_silent;
        desk.change(status);
    });
    const std::string second = client.receive().value_or("");
    EXPECT_THAT(second, HasSubstr(R"("alarm":{"word":"card_left","who_can_act":"patient","ja":")"));
    EXPECT_THAT(second, HasSubstr(R"("reader_fault":{"word":"no_reader")"));
    EXPECT_THAT(second, HasSubstr(R"("camera_fault":{"word":"camera_silent")"));
}

TEST(DeviceMethods, WatchEndsWithItsConnection) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    client.call(R"({"method":"org.kaomon.Device.Watch","more":true})");
    EXPECT_TRUE(served.eventually([](auto& desk) { return desk.watchers.size() == 1; }));
    client.shut();
    EXPECT_TRUE(served.eventually([](auto& desk) { return desk.watchers.empty(); }));
}

TEST(DeviceMethods, WatchWithoutMoreAnswersOnce) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    EXPECT_THAT(client.call(R"({"method":"org.kaomon.Device.Watch"})"), Not(HasSubstr("continues")));
    EXPECT_THAT(client.call(R"({"method":"org.kaomon.Device.GetInfo"})"), HasSubstr("issuer"));
    served.run([](testing::ScriptedDesk& desk) { EXPECT_TRUE(desk.watchers.empty()); });
}

TEST(DeviceMethods, ACameraIsShownAndAcceptedById) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    EXPECT_EQ(client.call(R"({"method":"org.kaomon.Device.GetCamera"})"), R"({"parameters":{}})")
        << "simulated";
    const camera::origin::Identity before{"usb", "uvcvideo", "046d:082d", "A1", "1-2", {"MJPG 640x480"}};
    camera::origin::Identity now = before;
    now.port = "1-3";
    served.run([&](testing::ScriptedDesk& desk) {
        desk.cameras = {before, now, Failure{Reason::camera_changed, "port 1-2, now 1-3"}};
    });
    EXPECT_THAT(
        client.call(R"({"method":"org.kaomon.Device.GetCamera"})"),
        AllOf(HasSubstr(R"("accepted":{"id":")" + camera::origin::id_of(before) +
                        R"(","bus":"usb","driver":"uvcvideo","model":"046d:082d","serial":"A1","port":"1-2",)"
                        R"("formats":["MJPG 640x480"]})"),
              HasSubstr(R"("present":{"id":")" + camera::origin::id_of(now)),
              HasSubstr(R"("fault":{"word":"camera_changed")"), HasSubstr("now 1-3")));
    EXPECT_THAT(
        client.call(R"({"method":"org.kaomon.Device.AcceptCamera","parameters":{"id":"other"}})"),
        HasSubstr(
            R"("error":"org.kaomon.Device.CameraNotAccepted","parameters":{"reason":{"word":"camera_changed")"));
    EXPECT_THAT(client.call(R"({"method":"org.kaomon.Device.AcceptCamera","parameters":{"id":")" +
                            camera::origin::id_of(now) + R"("}})"),
                HasSubstr(R"("accepted":{"id":")" + camera::origin::id_of(now)));
    served.run([](testing::ScriptedDesk& desk) {
        EXPECT_EQ(desk.operating, std::vector<session::Caller>{geteuid()});
    });
}

TEST(DeviceMethods, OnlyAnAdministratorSeesOrAcceptsACamera) {
    if (geteuid() != 0)
        GTEST_SKIP() << "needs root, to be another user";
    testing::ServedDesk served;
    testing::open_to_all(served.path());
    for (const char* call : {R"({"method":"org.kaomon.Device.GetCamera"})",
                             R"({"method":"org.kaomon.Device.AcceptCamera","parameters":{"id":"x"}})"})
        EXPECT_THAT(testing::call_as(65534, served.path(), call),
                    HasSubstr("org.varlink.service.PermissionDenied"));
    served.run([](testing::ScriptedDesk& desk) { EXPECT_TRUE(desk.operating.empty()); });
}

} // namespace
} // namespace kaomon::socket
