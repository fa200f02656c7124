#include "daemon/socket/limits.hpp"
#include "daemon/socket/listener.hpp"
#include "daemon/socket/server.hpp"
#include "tests/daemon/socket/as_user.hpp"
#include "tests/daemon/socket/raw_client.hpp"
#include "tests/daemon/socket/served_desk.hpp"

#include <gmock/gmock.h>

#include <list>

namespace kaomon::socket {
namespace {

using ::testing::HasSubstr;
using testing::RawClient;
using testing::ScriptedDesk;
using testing::ServedDesk;

const std::string info = R"({"method":"org.kaomon.Device.GetInfo"})";

// Root takes the reserve, too.
TEST(Server, SoManyCallersAndNoMore) {
    ServedDesk served;
    std::list<RawClient> clients;
    for (std::size_t i = 0; i < max_clients; ++i) {
        clients.emplace_back(served.path());
        EXPECT_THAT(clients.back().call(info), HasSubstr("issuer"));
    }
    RawClient one_more(served.path());
    EXPECT_THAT(one_more.receive().value_or(""),
                HasSubstr(R"(Disconnected","parameters":{"reason":{"word":"too_many_clients")"));
    EXPECT_TRUE(one_more.ended());
    EXPECT_THAT(clients.front().call(info), HasSubstr("issuer"));
    clients.pop_back();
    EXPECT_TRUE(served.eventually([](auto&) { return true; }));
    while (served.clients() == max_clients)
        std::this_thread::sleep_for(Milliseconds(1));
    EXPECT_THAT(RawClient(served.path()).call(info), HasSubstr("issuer"));
}

TEST(Server, StopEndsSessionsAndSaysSo) {
    ServedDesk served;
    RawClient client(served.path()), idle(served.path());
    client.call(
        R"({"method":"org.kaomon.Verification.Verify","more":true,"parameters":{"nonce":"0123456789abcdef"}})");
    idle.call(info);
    served.stop();
    EXPECT_FALSE(std::filesystem::exists(served.path()));
    std::string last;
    while (const auto reply = client.receive())
        last = *reply;
    EXPECT_THAT(last, HasSubstr(R"(Disconnected","parameters":{"reason":{"word":"shutting_down")"));
    EXPECT_THAT(idle.receive().value_or(""), HasSubstr("shutting_down"));
    EXPECT_TRUE(idle.ended());
    served.run([](ScriptedDesk& desk) {
        ASSERT_EQ(desk.cancelled.size(), 1u);
        EXPECT_EQ(desk.cancelled[0].second, Reason::shutting_down);
    });
    served.stop(); // twice is allowed
}

constexpr uid_t one_user = 64001, another_user = 64002;

TEST(Server, WhoHoldsAllConnectionsKeepsNobodyOut) {
    if (geteuid() != 0)
        GTEST_SKIP() << "only root calls as other users";
    ServedDesk served;
    testing::open_to_all(served.path());
    std::list<testing::Held> held;
    for (std::size_t i = 0; i < max_clients_of_user; ++i)
        held.push_back(testing::hold_as(one_user, served.path(), info));
    while (served.clients() < max_clients_of_user)
        std::this_thread::sleep_for(Milliseconds(1));
    EXPECT_THAT(testing::call_as(one_user, served.path(), info), HasSubstr("too_many_clients"));
    EXPECT_THAT(testing::call_as(another_user, served.path(), info), HasSubstr("issuer"));
    EXPECT_THAT(RawClient(served.path()).call(info), HasSubstr("issuer"));
}

TEST(Server, WhoOnlyDisturbsWaits) {
    if (geteuid() != 0)
        GTEST_SKIP() << "only root calls as other users";
    ServedDesk served;
    testing::open_to_all(served.path());
    std::string last;
    for (int i = 0; i < 40 && !last.contains("caller_slowed"); ++i)
        last = testing::call_as(one_user, served.path(), "garbage");
    EXPECT_THAT(last, HasSubstr("caller_slowed"));
    EXPECT_THAT(testing::call_as(another_user, served.path(), info), HasSubstr("issuer"));
}

TEST(Server, AWrongUserIsAnError) {
    EXPECT_THROW(
        ServedDesk([](Options& options) { options.permissions.verify_users = {"no-such-user-here"}; }),
        std::runtime_error);
}

} // namespace
} // namespace kaomon::socket
