#include "daemon/socket/connection.hpp"
#include "tests/daemon/socket/raw_client.hpp"
#include "tests/daemon/socket/served_desk.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <sys/socket.h>

#include <array>

namespace kaomon::socket {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::RawClient;
using testing::ScriptedDesk;
using testing::ServedDesk;

const std::string info = R"({"method":"org.kaomon.Device.GetInfo"})";
const std::string verify =
    R"({"method":"org.kaomon.Verification.Verify","more":true,"parameters":{"nonce":"0123456789abcdef"}})";
const std::string watch = R"({"method":"org.kaomon.Device.Watch","more":true})";

auto farewell_with(std::string_view word) {
    return HasSubstr(R"({"error":"org.kaomon.Device.Disconnected","parameters":{"reason":{"word":")" +
                     std::string(word) + "\"");
}

TEST(Connection, MessagesMayComeInPiecesAndInPairs) {
    ServedDesk served;
    RawClient client(served.path());
    client.send_bytes(info.substr(0, 10));
    client.send_bytes(info.substr(10) + '\0' + info + '\0' + info.substr(0, 5));
    EXPECT_THAT(client.receive().value_or(""), HasSubstr("issuer"));
    EXPECT_THAT(client.receive().value_or(""), HasSubstr("issuer"));
    client.send_bytes(info.substr(5) + '\0');
    EXPECT_THAT(client.receive().value_or(""), HasSubstr("issuer"));
}

TEST(Connection, WhatIsNoMessageEndsIt) {
    ServedDesk served;
    for (const char* text : {"hello", "[]", "{}", R"({"method":"a.B","more":true,"oneway":true})"}) {
        RawClient client(served.path());
        EXPECT_THAT(client.call(text), farewell_with("message_malformed")) << text;
        EXPECT_TRUE(client.ended()) << text;
    }
    EXPECT_THAT(RawClient(served.path()).call(info), HasSubstr("issuer"));
}

TEST(Connection, AMessageHas64KiBAtMost) {
    ServedDesk served;
    RawClient client(served.path());
    const std::string head = R"({"method":"org.kaomon.Device.GetInfo","parameters":{}})";
    EXPECT_THAT(client.call(head + std::string(max_message - head.size(), ' ')), HasSubstr("issuer"));
    client.send_bytes(std::string(max_message + 1, ' '));
    EXPECT_THAT(client.receive().value_or(""), farewell_with("message_too_large"));
    EXPECT_TRUE(client.ended());
}

TEST(Connection, DepthEndsIt) {
    ServedDesk served;
    RawClient client(served.path());
    EXPECT_THAT(client.call(R"({"method":"a.B","parameters":{"x":)" + std::string(20, '[') +
                            std::string(20, ']') + "}}"),
                farewell_with("message_too_large"));
}

TEST(Connection, HalfAMessageAndSilenceEndsIt) {
    ServedDesk served;
    RawClient client(served.path()), quiet(served.path());
    const Instant begun = SteadyClock::now();
    client.send_bytes(info);
    EXPECT_THAT(client.receive().value_or(""), farewell_with("message_timeout"));
    EXPECT_TRUE(client.ended());
    EXPECT_GE(SteadyClock::now() - begun, Milliseconds(1400));
    EXPECT_LT(SteadyClock::now() - begun, Milliseconds(2000));
    EXPECT_THAT(quiet.call(info), HasSubstr("issuer")); // silence alone is no fault
}

TEST(Connection, CallsBehindAVerifyWaitForIt) {
    ServedDesk served;
    RawClient client(served.path());
    client.send_bytes(verify + '\0' + info + '\0');
    client.send(R"({"method":"org.varlink.service.GetInfo"})");
    for (int i = 0; i < 3; ++i)
        EXPECT_THAT(client.receive().value_or(""), HasSubstr("session-1"));
    EXPECT_FALSE(client.receive(Milliseconds(50)));
    served.run([](ScriptedDesk& desk) { desk.conclude(match::Decision::not_verified, Reason::no_match); });
    EXPECT_THAT(client.receive().value_or(""), HasSubstr("no_match"));
    EXPECT_THAT(client.receive().value_or(""), HasSubstr("issuer"));
    EXPECT_THAT(client.receive().value_or(""), HasSubstr("vendor"));
    EXPECT_THAT(client.call(info), HasSubstr("issuer"));
}

TEST(Connection, TooMuchBehindAVerifyEndsBoth) {
    ServedDesk served;
    RawClient client(served.path());
    client.call(verify);
    std::string many;
    while (many.size() <= max_message)
        many += info + '\0';
    client.send_bytes(many);
    std::string last;
    while (const auto reply = client.receive())
        last = *reply;
    EXPECT_THAT(last, AllOf(farewell_with("message_too_large"), HasSubstr("still being answered")));
    EXPECT_TRUE(served.eventually([](auto& desk) { return !desk.cancelled.empty(); }));
}

// Counts how often it was asked.
struct AskedDesk : ScriptedDesk {
    using ScriptedDesk::ScriptedDesk;
    std::string metrics() const override {
        ++asked;
        return "";
    }
    mutable int asked = 0;
};

TEST(Connection, ManyCallsAtOnceLetOthersIn) {
    boost::asio::io_context loop;
    AskedDesk desk(loop);
    const auto service = std::make_shared<Service>(Service{desk});
    const auto connect = [&] {
        std::array<int, 2> ends{};
        EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()), 0);
        std::make_shared<Connection>(Connection::Stream(loop, boost::asio::local::stream_protocol(), ends[1]),
                                     Peer{}, service, [](const Connection*, const Peer&, bool) {})
            ->start();
        return UniqueFd(ends[0]);
    };
    const UniqueFd many = connect(), other = connect();
    constexpr int calls = 1000;
    std::string all;
    for (int i = 0; i < calls; ++i)
        all += R"({"method":"org.kaomon.Device.GetMetrics"})" + std::string(1, '\0');
    ASSERT_EQ(send(many.get(), all.data(), all.size(), 0), ssize_t(all.size()));
    ASSERT_EQ(send(other.get(), info.c_str(), info.size() + 1, 0), ssize_t(info.size() + 1));
    char byte = 0;
    while (recv(other.get(), &byte, 1, MSG_PEEK) != 1)
        loop.poll_one();
    EXPECT_LE(desk.asked, 4 * static_cast<int>(calls_a_turn)) << "before the other's one call was answered";
    for (int turn = 0; turn < 10 * calls && desk.asked < calls; ++turn)
        loop.poll_one();
    EXPECT_EQ(desk.asked, calls);
}

TEST(Connection, AReaderThatDoesNotReadIsDropped) {
    ServedDesk served;
    RawClient client(served.path());
    client.send(watch);
    EXPECT_TRUE(served.eventually([](auto& desk) { return desk.watchers.size() == 1; }));
    served.run([](ScriptedDesk& desk) {
        session::DeviceStatus status;
        status.reader = std::string(30'000, 'r');
        for (int i = 0; i < 100 && !desk.watchers.empty(); ++i)
            desk.change(status);
    });
    EXPECT_TRUE(served.eventually([](auto& desk) { return desk.watchers.empty(); }));
    EXPECT_EQ(served.clients(), 0u);
}

TEST(Connection, ACallerThatOnlyClosesItsWritingSideStillGetsItsReplies) {
    ServedDesk served;
    RawClient client(served.path());
    client.send_bytes(info + '\0' + info + '\0');
    ::shutdown(client.descriptor(), SHUT_WR);
    EXPECT_THAT(client.receive().value_or(""), HasSubstr("issuer"));
    EXPECT_THAT(client.receive().value_or(""), HasSubstr("issuer"));
    EXPECT_TRUE(client.ended());
}

} // namespace
} // namespace kaomon::socket
