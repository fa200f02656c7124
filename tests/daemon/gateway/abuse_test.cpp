// Callers that break the rules, beside a page that keeps them.
#include "daemon/gateway/limits.hpp"
#include "tests/daemon/gateway/running_gateway.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <list>

namespace kaomon::gateway::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view attach = R"({"method":"org.kaomon.Screen.Attach","more":true})";

int close_code_after(const RunningGateway& gateway, const std::function<void(WebClient&)>& abuse) {
    auto page = gateway.page("patient");
    abuse(page);
    Frame frame = page.next();
    while (frame.opcode == 1 || frame.opcode == 10)
        frame = page.next();
    EXPECT_TRUE(page.ended(Milliseconds(2500)));
    return frame.close_code();
}

TEST(Abuse, AMessageIsOneJsonObjectInText) {
    const RunningGateway gateway;
    const auto after = [&](int opcode, const std::string& payload) {
        return close_code_after(gateway, [&](WebClient& page) { page.frame(opcode, payload); });
    };
    EXPECT_EQ(after(2, std::string(attach)), 1003) << "binary";
    EXPECT_EQ(after(1, "not JSON"), 1007);
    EXPECT_EQ(after(1, ""), 1007);
    EXPECT_EQ(after(1, R"({"method":"org.kaomon.Screen.Help","method":"org.kaomon.Device.SpeakFor"})"), 1007);
    EXPECT_EQ(after(1, std::string(attach) + '\0'), 1007);
    EXPECT_EQ(after(1, "{\"method\":\"\xff\"}"), 1007) << "not UTF-8";
    EXPECT_EQ(after(1, std::string(40, '[')), 1007);
    EXPECT_EQ(after(3, "x"), 1002) << "an opcode that there is not";
    EXPECT_EQ(after(0, "x"), 1002) << "the rest of nothing";
    EXPECT_THAT(gateway.daemon->calls(), ::testing::IsEmpty());
}

TEST(Abuse, LargeMessagesEndTheConnection) {
    const RunningGateway gateway;
    const std::string head = R"({"method":"org.kaomon.Screen.Help","parameters":{"x":")";
    const std::string fits = head + std::string(max_message - head.size() - 3, 'x') + "\"}}";
    auto page = gateway.page("patient");
    EXPECT_THAT(page.say(fits), HasSubstr("Help"));
    EXPECT_EQ(close_code_after(gateway, [&](WebClient& other) { other.text(fits + ' '); }), 1009);
    EXPECT_EQ(close_code_after(gateway,
                               [](WebClient& other) {
                                   for (int i = 0; i < 100; ++i)
                                       other.frame(i == 0 ? 1 : 0, std::string(1000, ' '), false);
                               }),
              1009)
        << "in parts";
    EXPECT_EQ(close_code_after(gateway,
                               [](WebClient& other) {
                                   std::string frame = "\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff";
                                   frame += "abcd";
                                   other.send(frame);
                               }),
              1009)
        << "announced";
}

TEST(Abuse, PartsOfAMessageAreOneMessage) {
    const RunningGateway gateway;
    auto page = gateway.page("patient");
    page.frame(1, attach.substr(0, 10), false);
    page.frame(9, "are you there");
    page.frame(0, attach.substr(10, 5), false);
    page.frame(0, attach.substr(15), true);
    Frame frame = page.next();
    EXPECT_EQ(frame.opcode, 10);
    EXPECT_EQ(frame.payload, "are you there");
    EXPECT_THAT(page.next().payload, HasSubstr("Attach"));
}

// Its answer may be under way: no WebSocket yet that could be closed as one.
TEST(Abuse, AGatewayMayStopInTheMomentInWhichAPageCame) {
    for (int i = 0; i < 40; ++i) {
        const RunningGateway gateway;
        (void)gateway.page("patient");
    }
}

TEST(Abuse, CompressionIsNotTaken) {
    const RunningGateway gateway;
    EXPECT_EQ(close_code_after(gateway,
                               [](WebClient& page) {
                                   page.send(std::string("\xc1\x81"
                                                         "abcd"
                                                         "x",
                                                         7));
                               }),
              1002);
}

TEST(Abuse, PingsAreBounded) {
    const RunningGateway gateway;
    EXPECT_EQ(close_code_after(gateway,
                               [](WebClient& page) {
                                   for (int i = 0; i < 3 * max_control_frames; ++i)
                                       page.frame(9, "x");
                               }),
              1008);
}

TEST(Abuse, SilenceEnds) {
    const RunningGateway gateway;
    auto silent = gateway.page("patient"), half = gateway.page("patient");
    half.frame(1, attach.substr(0, 10), false);
    auto slow = gateway.client(), nothing = gateway.client();
    slow.send("GET /patient HTTP/1.1\r\nHost: ");
    const auto began = SteadyClock::now();
    EXPECT_EQ(silent.next().close_reason(), "message_timeout");
    EXPECT_EQ(half.next().close_reason(), "message_timeout");
    EXPECT_TRUE(slow.ended(Milliseconds(2000)));
    EXPECT_TRUE(nothing.ended(Milliseconds(2000)));
    EXPECT_GT(SteadyClock::now() - began, Milliseconds(4000));
    EXPECT_LT(SteadyClock::now() - began, Milliseconds(30'000))
        << "five seconds, on a machine that may be busy";
}

TEST(Abuse, RequestsAreBounded) {
    const RunningGateway gateway;
    const auto status = [&](const std::string& request) { return gateway.client().http(request).status; };
    const std::string head = "GET /patient HTTP/1.1\r\nHost: " + gateway.host() + "\r\n";
    EXPECT_EQ(status(head + "X: " + std::string(9000, 'x') + "\r\n\r\n"), 431);
    EXPECT_EQ(status("GET /" + std::string(9000, 'x') + " HTTP/1.1\r\n\r\n"), 431);
    EXPECT_EQ(status(head + "Content-Length: 100000\r\n\r\n"), 413);
    EXPECT_EQ(status(head + "Content-Length: -1\r\n\r\n"), 400);
    EXPECT_EQ(status("\x16\x03\x01\x02\x01 TLS? \r\n\r\n"), 400);
    EXPECT_EQ(status("GET /patient HTTP/9.9\r\n\r\n"), 400);
    EXPECT_EQ(status("GET\r\n\r\n"), 400);
    EXPECT_EQ(status("POST /patient HTTP/1.1\r\nHost: " + gateway.host() +
                     "\r\nTransfer-Encoding: chunked\r\n\r\n" + "ffffffff\r\n" + std::string(20'000, 'x')),
              413);
}

TEST(Abuse, APeerHasFourSockets) {
    const RunningGateway gateway;
    std::list<WebClient> pages;
    for (std::size_t i = 0; i < max_sockets_of_peer; ++i)
        pages.push_back(gateway.page("patient"));
    EXPECT_EQ(gateway.client().upgrade(gateway.host(), gateway.origin(), gateway.offer("patient")).status,
              429);
    EXPECT_THAT(gateway.page("staff").say(R"({"method":"org.kaomon.Staff.Follow","more":true})"),
                HasSubstr("Follow"));
    pages.pop_back();
    EXPECT_TRUE(comes_true([&] {
        return gateway.client().upgrade(gateway.host(), gateway.origin(), gateway.offer("patient")).status ==
               101;
    }));
}

TEST(Abuse, FiveHundredSocketsKeepNobodyOut) {
    const RunningGateway gateway;
    auto page = gateway.page("patient");
    EXPECT_THAT(page.say(attach), HasSubstr("Attach"));
    std::list<WebClient> crowd;
    for (int i = 0; i < 500; ++i)
        crowd.emplace_back(gateway.port);
    EXPECT_THAT(page.say(R"({"method":"org.kaomon.Screen.Help"})"), HasSubstr("Help"))
        << "who is in stays in";
    EXPECT_EQ(gateway.client().get("/patient", gateway.host()).status, 200) << "who speaks comes in";
    EXPECT_TRUE(comes_true([&] {
        const auto closed =
            std::ranges::count_if(crowd, [](auto& one) { return one.ended(Milliseconds(1)); });
        return static_cast<std::size_t>(closed) >= 500 - max_waiting;
    }));
}

TEST(Abuse, WhoDoesNotReadIsCutOff) {
    const std::string large(100'000, 'x');
    const RunningGateway gateway([large](const std::string&) {
        return std::vector<std::string>(100, R"({"continues":true,"parameters":{"x":")" + large + "\"}}");
    });
    auto slow = gateway.page("patient");
    slow.text(attach);
    EXPECT_TRUE(comes_true([&] { return gateway.daemon->open() == 0; }))
        << "its connection to kaomond is closed, too";
    EXPECT_THAT(gateway.client().get("/patient", gateway.host()).status, 200);
}

TEST(Abuse, WhatTheDaemonGarblesEnds) {
    const RunningGateway gateway([](const std::string& call) -> std::vector<std::string> {
        return {call.find("Help") != std::string::npos ? std::string(300'000, 'x') + '\n'
                                                       : std::string("no JSON")};
    });
    auto page = gateway.page("patient"), other = gateway.page("patient");
    page.text(attach);
    EXPECT_EQ(page.next().close_reason(), "reply_malformed");
    other.text(R"({"method":"org.kaomon.Screen.Help"})");
    EXPECT_EQ(other.next().close_reason(), "reply_malformed") << "a reply without end";
}

TEST(Abuse, FramesBeforeTheAnswerAreNone) {
    const RunningGateway gateway;
    auto client = gateway.client();
    // masked with zeros
    const std::string early = std::string("\x81\x80", 2) + std::string(4, '\0');
    const auto reply =
        client.get("/varlink", gateway.host(),
                   "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: " +
                       gateway.origin() + "\r\nSec-WebSocket-Protocol: " + gateway.offer("patient") + "\r\n",
                   "GET", early);
    EXPECT_EQ(reply.status, 400);
    EXPECT_THAT(gateway.daemon->peers(), ::testing::IsEmpty());
}

TEST(Abuse, CallsInARowAreAnsweredInARow) {
    const RunningGateway gateway;
    auto page = gateway.page("patient");
    for (int i = 0; i < 200; ++i)
        page.text(R"({"method":")" +
                  std::string(i % 3 == 0 ? "org.kaomon.Staff.Follow" : "org.kaomon.Screen.Help") +
                  R"(","parameters":{"i":)" + std::to_string(i) + "}}");
    for (int i = 0; i < 200; ++i) {
        const auto payload = page.next().payload;
        ASSERT_THAT(payload, HasSubstr(i % 3 == 0 ? std::string("PermissionDenied")
                                                  : "\"i\":" + std::to_string(i) + "}"));
    }
}

} // namespace
} // namespace kaomon::gateway::testing
