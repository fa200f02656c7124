// RFC 6455 as the Autobahn test suite asks it, by its case numbers: its sections 1 to 7. The suite itself
// wants Python 2 and an echo server; what it echoes is a call here, whose answer has the call in it. Where it
// sends binary (1.2) the gateway takes none (abuse_test), and its limits (9) and compression (12, 13) are
// ours: 64 KiB, none.
#include "tests/daemon/gateway/running_gateway.hpp"

#include <gmock/gmock.h>

#include <array>

namespace kaomon::gateway::testing {
namespace {

using ::testing::HasSubstr;

// The first byte of a frame: FIN and the opcode.
constexpr int text = 0x81, text_begins = 0x01, goes_on = 0x00, ends = 0x80, closes = 0x88, ping = 0x89,
              pong = 0x8A;

std::string close_frame(int code, std::string_view reason = {}) {
    return masked_frame(
        closes, std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)}.append(reason));
}

const std::string head = R"({"method":"org.kaomon.Screen.Help","parameters":{"x":")", tail = "\"}}";
std::string call(std::string_view x) {
    return head + std::string(x) + tail;
}

enum class Chops { whole, octets };
void send(WebClient& page, std::string_view bytes, Chops chops) {
    if (chops == Chops::whole)
        page.send(bytes);
    else
        for (const char& one : bytes)
            page.send(std::string_view(&one, 1));
}

// How it ended: the code of the close that came, 0 where the connection just ended; no other frame came
// before.
int code_after(const RunningGateway& gateway, std::string_view bytes, Chops chops = Chops::whole) {
    auto page = gateway.page("patient");
    send(page, bytes, chops);
    const Frame last = page.next();
    EXPECT_TRUE(last.opcode == 8 || last.opcode == -1) << "opcode " << last.opcode;
    page.send(masked_frame(closes, last.payload)); // so that nobody waits for it
    EXPECT_TRUE(page.ended(Milliseconds(5000)));
    return last.close_code();
}

struct Case {
    const char* number;
    std::string sent;
};

TEST(WebSocket, MessagesOfEverySizeComeBack) { // 1.1
    const RunningGateway gateway;
    auto page = gateway.page("patient");
    for (const std::size_t size : {100U, 125U, 126U, 127U, 128U, 65'535U, 65'536U}) {
        const std::string one = call(std::string(size - head.size() - tail.size(), '*'));
        ASSERT_EQ(one.size(), size);
        EXPECT_THAT(page.say(one), HasSubstr(std::string(size - head.size() - tail.size(), '*'))) << size;
    }
    send(page, masked_frame(text, call(std::string(200, '+'))), Chops::octets);
    EXPECT_THAT(page.next().payload, HasSubstr(std::string(200, '+')));
}

TEST(WebSocket, PingsAreAnsweredAndPongsAreNot) { // 2.1 to 2.11
    const RunningGateway gateway;
    auto page = gateway.page("patient");
    for (const std::string& payload :
         {std::string(), std::string("Hello"), std::string("\0\xff\xfe\xfd", 4), std::string(125, '\xfe')}) {
        for (const auto chops : {Chops::whole, Chops::octets}) {
            page.send(masked_frame(pong, "unsolicited"));
            send(page, masked_frame(ping, payload), chops);
            const Frame answer = page.next();
            EXPECT_EQ(answer.opcode, 10);
            EXPECT_EQ(answer.payload, payload);
        }
    }
    EXPECT_EQ(code_after(gateway, masked_frame(ping, std::string(126, '\xfe'))), 1002) << "2.5";
}

TEST(WebSocket, WhatTheProtocolDoesNotKnowEndsIt) {
    const RunningGateway gateway;
    const std::string rest = masked_frame(goes_on, "x"), last = masked_frame(ends, "x"),
                      whole = masked_frame(text, call("x"));
    const std::string halves = masked_frame(text_begins, head) + masked_frame(ends, "x" + tail);
    const std::array cases{
        Case{"3.1", masked_frame(0x91, "x")},
        Case{"3.2", masked_frame(0xA1, "x") + masked_frame(ping, "")},
        Case{"3.3", masked_frame(0xB1, "x") + masked_frame(ping, "")},
        Case{"3.4", masked_frame(0xC1, "x") + masked_frame(ping, "")},
        Case{"3.5", masked_frame(0xD2, "x")},
        Case{"3.6", masked_frame(0xE9, "x")},
        Case{"3.7", masked_frame(0xF8, "")},
        Case{"4.1.1", masked_frame(0x83, "")},
        Case{"4.1.2", masked_frame(0x84, "x")},
        Case{"4.1.3", masked_frame(0x85, "") + masked_frame(ping, "")},
        Case{"4.1.4", masked_frame(0x86, "x") + masked_frame(ping, "")},
        Case{"4.1.5", masked_frame(0x87, "x") + masked_frame(ping, "")},
        Case{"4.2.1", masked_frame(0x8B, "")},
        Case{"4.2.2", masked_frame(0x8C, "x")},
        Case{"4.2.3", masked_frame(0x8D, "") + masked_frame(ping, "")},
        Case{"4.2.4", masked_frame(0x8E, "x") + masked_frame(ping, "")},
        Case{"4.2.5", masked_frame(0x8F, "x") + masked_frame(ping, "")},
        Case{"5.1", masked_frame(0x09, "x") + last},
        Case{"5.2", masked_frame(0x0A, "x") + last},
        Case{"5.9", last + whole},
        Case{"5.12", rest + whole},
        Case{"5.16", rest + halves},
        Case{"5.17", last + halves},
        Case{"5.18", masked_frame(text_begins, "x") + whole},
    };
    for (const Case& one : cases) {
        for (const auto chops : {Chops::whole, Chops::octets}) // 5.10, 5.11, 5.13, 5.14
            EXPECT_EQ(code_after(gateway, one.sent, chops), 1002) << one.number;
    }
}

TEST(WebSocket, PartsMakeOneMessage) { // 5.3 to 5.8, 5.19, 5.20, 6.2
    const RunningGateway gateway;
    auto page = gateway.page("patient");
    const std::string euro = "\xe2\x82\xac";
    for (const auto chops : {Chops::whole, Chops::octets}) {
        send(page, masked_frame(text_begins, head + euro.substr(0, 1)), chops);
        send(page, masked_frame(ping, "1"), chops);
        EXPECT_EQ(page.next().payload, "1") << "at once";
        send(page, masked_frame(goes_on, euro.substr(1)), chops);
        send(page, masked_frame(goes_on, ""), chops);
        send(page, masked_frame(ping, "2") + masked_frame(ends, tail), chops);
        EXPECT_EQ(page.next().payload, "2");
        EXPECT_THAT(page.next().payload, HasSubstr(euro));
    }
    page.send(masked_frame(text_begins, head) + masked_frame(ends, tail) + masked_frame(goes_on, "x"));
    Frame last = page.next();
    if (last.opcode == 1) // the answer was faster
        last = page.next();
    EXPECT_EQ(last.close_code(), 1002) << "5.15";
}

TEST(WebSocket, TextIsUtf8) { // 6
    const RunningGateway gateway;
    auto page = gateway.page("patient");
    for (const char* good :
         {"hello$world", "hello\xc2\xa2world", "hello\xe2\x82\xacworld", "\xf0\xa4\xad\xa2",
          "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5", "\xc2\x80", "\xe0\xa0\x80", "\xf0\x90\x80\x80",
          "\x7f", "\xdf\xbf", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf", "\xee\x80\x80",
          "\xef\xbf\xbd", "\xef\xbf\xbe", "\xf0\x9f\xbf\xbe"})
        EXPECT_THAT(page.say(call(good)), HasSubstr(good));
    for (const char* bad : {// 6.3, 6.4: in the middle, beyond U+10FFFF
                            "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xf4\x90\x80\x80"
                            "edited",
                            // 6.6: cut short
                            "\xce", "\xce\xba\xe1", "\xce\xba\xe1\xbd",
                            // 6.8, 6.10, 6.11: five and six octets, beyond U+10FFFF
                            "\xf8\x88\x80\x80\x80", "\xfc\x84\x80\x80\x80\x80", "\xf7\xbf\xbf\xbf",
                            "\xfb\xbf\xbf\xbf\xbf", "\xfd\xbf\xbf\xbf\xbf\xbf", "\xf4\x90\x80\x80",
                            // 6.12 to 6.14: continuation octets alone, first octets alone
                            "\x80", "\xbf", "\x80\xbf\x80\xbf\x80\xbf", "\xc0 \xc1 \xc2 ", "\xe0 \xe1 ",
                            "\xf0 \xf1 ", "\xfe", "\xff",
                            // 6.15, 6.16: the last octet missing
                            "\xe0\x80", "\xf0\x80\x80", "\xdf", "\xef\xbf", "\xf7\xbf\xbf",
                            // 6.17 to 6.19: longer than needed
                            "\xc0\xaf", "\xe0\x80\xaf", "\xf0\x80\x80\xaf", "\xc1\xbf", "\xe0\x9f\xbf",
                            "\xf0\x8f\xbf\xbf", "\xc0\x80",
                            // 6.20, 6.21: surrogates
                            "\xed\xa0\x80", "\xed\xad\xbf", "\xed\xbf\xbf", "\xed\xa0\x80\xed\xb0\x80"})
        EXPECT_EQ(code_after(gateway, masked_frame(text, call(bad))), 1007) << ::testing::PrintToString(bad);
    EXPECT_THAT(gateway.daemon->calls(), ::testing::SizeIs(17)) << "nothing of it reached kaomond";
}

TEST(WebSocket, ItCloses) { // 7
    const RunningGateway gateway;
    for (const int code :
         {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999}) // 7.7
        EXPECT_THAT(code_after(gateway, close_frame(code)), ::testing::AnyOf(1000, code)) << code;
    for (const int code : {0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999}) // 7.9
        EXPECT_EQ(code_after(gateway, close_frame(code)), 1002) << code;
    EXPECT_THAT(code_after(gateway, masked_frame(closes, "")), ::testing::AnyOf(0, 1000)) << "7.3.1";
    EXPECT_EQ(code_after(gateway, masked_frame(closes, "x")), 1002) << "7.3.2";
    EXPECT_EQ(code_after(gateway, close_frame(1000, std::string(123, 'x'))), 1000) << "7.3.5";
    EXPECT_EQ(code_after(gateway, close_frame(1000, std::string(124, 'x'))), 1002) << "7.3.6";
    EXPECT_THAT(code_after(gateway, close_frame(1000, "\xce\xba\xed\xa0\x80")),
                ::testing::AnyOf(0, 1002, 1007))
        << "7.5.1";
    const std::string over = close_frame(1000);
    for (const std::string& late :
         {close_frame(1000), masked_frame(ping, ""), masked_frame(text, call("late"))}) // 7.1.2 to 7.1.4
        EXPECT_EQ(code_after(gateway, over + late), 1000);
    EXPECT_EQ(code_after(gateway, masked_frame(text_begins, head) + over + masked_frame(ends, tail)), 1000)
        << "7.1.5";
    EXPECT_THAT(gateway.daemon->calls(), ::testing::IsEmpty());
}

} // namespace
} // namespace kaomon::gateway::testing
