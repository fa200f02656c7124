#include "daemon/socket/interfaces.hpp"
#include "tests/daemon/socket/raw_client.hpp"
#include "tests/daemon/socket/served_desk.hpp"

#include <gmock/gmock.h>

namespace kaomon::socket {
namespace {

using ::testing::HasSubstr;

TEST(ServiceMethods, SayWhoAnswers) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    const std::string reply = client.call(R"({"method":"org.varlink.service.GetInfo"})");
    EXPECT_THAT(reply, HasSubstr(R"("vendor":"Kaomon")"));
    EXPECT_THAT(
        reply,
        HasSubstr(
            R"("interfaces":["org.varlink.service","org.kaomon.Device","org.kaomon.Verification","org.kaomon.Screen","org.kaomon.Staff"])"));
}

TEST(ServiceMethods, UnknownNamesHaveTheirErrors) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    EXPECT_EQ(client.call(R"({"method":"org.other.Go","parameters":{}})"),
              R"({"error":"org.varlink.service.InterfaceNotFound","parameters":{"interface":"org.other"}})");
    EXPECT_EQ(client.call(R"({"method":"Go"})"),
              R"({"error":"org.varlink.service.InterfaceNotFound","parameters":{"interface":""}})");
    EXPECT_EQ(
        client.call(R"({"method":"org.kaomon.Device.Go"})"),
        R"({"error":"org.varlink.service.MethodNotFound","parameters":{"method":"org.kaomon.Device.Go"}})");
    EXPECT_EQ(
        client.call(
            R"({"method":"org.varlink.service.GetInterfaceDescription","parameters":{"interface":"a.b"}})"),
        R"({"error":"org.varlink.service.InterfaceNotFound","parameters":{"interface":"a.b"}})");
}

TEST(ServiceMethods, ParametersAreChecked) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    const auto wrong = [](std::string_view name) {
        return R"({"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":")" +
               std::string(name) + R"("}})";
    };
    EXPECT_EQ(client.call(R"({"method":"org.varlink.service.GetInterfaceDescription"})"), wrong("interface"));
    EXPECT_EQ(client.call(
                  R"({"method":"org.varlink.service.GetInterfaceDescription","parameters":{"interface":7}})"),
              wrong("interface"));
    EXPECT_EQ(client.call(R"({"method":"org.varlink.service.GetInfo","parameters":{"verbose":true}})"),
              wrong("verbose"));
}

TEST(ServiceMethods, OnewayIsNotAnswered) {
    testing::ServedDesk served;
    testing::RawClient client(served.path());
    client.send(R"({"method":"org.varlink.service.GetInfo","oneway":true})");
    client.send(R"({"method":"org.other.Go","oneway":true})");
    EXPECT_THAT(client.call(R"({"method":"org.kaomon.Device.GetInfo"})"), HasSubstr("kaomon:test"));
}

} // namespace
} // namespace kaomon::socket
